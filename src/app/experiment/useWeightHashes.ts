import { useEffect, useState } from 'react';
import type { ExperimentConfig, ModelConfig } from '../../model/config.ts';
import { settingsKey } from '../../model/sameSettings.ts';
import { hashInitialWeights } from '../../model/weightsHash.ts';

/** Numbers drawn at a stretch, a few milliseconds of work: the page stays awake. */
const STRETCH = 50_000;
/** Milliseconds after which an experiment counts as no longer being typed. */
const QUIET = 300;

const known = new Map<string, string>();
const keyOf = (model: ModelConfig, seed: number) => settingsKey([model, seed]);
/** Larger nets than the paper's take seconds to draw. */
const isTooLarge = ({ depth, width }: ModelConfig) => depth * width * width > 110 * 32 * 32;

/** The hash of each lane's initial weights, as soon as it is there; null before, and for nets that are too large. */
export function useWeightHashes({ lanes, recipe }: ExperimentConfig): readonly (string | null)[] {
  const [, setCount] = useState(0);
  const { seed } = recipe;

  useEffect(() => {
    const missing = lanes.map(({ model }) => model).filter((model) => !isTooLarge(model));
    let timer = setTimeout(next, QUIET);
    function next() {
      const model = missing.shift();
      if (!model) return;
      if (known.has(keyOf(model, seed))) {
        next();
        return;
      }
      const drawing = hashInitialWeights(model, seed);
      const stretch = () => {
        for (let drawn = 0; drawn < STRETCH;) {
          const step = drawing.next();
          if (step.done) {
            known.set(keyOf(model, seed), step.value);
            setCount(known.size);
            timer = setTimeout(next);
            return;
          }
          drawn += step.value;
        }
        timer = setTimeout(stretch);
      };
      stretch();
    }
    return () => clearTimeout(timer);
  }, [lanes, seed]);

  return lanes.map(({ model }) => known.get(keyOf(model, seed)) ?? null);
}
