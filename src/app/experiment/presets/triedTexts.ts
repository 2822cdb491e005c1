/** What trying a preset's question came to, as texts: at which sizes it came out, and what was seen where it did not. */
import { presetClaims } from '../../../model/presetClaims.ts';
import {
  isUpToTrained,
  measuredSizes,
  triedSizes,
  type MeasuredSize,
  type TriedSize,
} from '../../../model/presetSizes.ts';
import { paperExperiment, type Preset } from '../../../model/presets.ts';
import { difference } from '../../runs/looks/enLaneNames.ts';
import { laneNames } from '../../runs/looks/laneNames.ts';
import { tried as words, type SeedFacts } from './enTried.ts';

/** What the preset's nets are called, by the ids of its lanes. */
export function presetNets(preset: Preset): ReadonlyMap<string, string> {
  const { lanes } = paperExperiment(preset);
  const names = laneNames(lanes, difference);
  return new Map(lanes.map(({ id }, i) => [id, names[i]!]));
}

type Tried = Pick<TriedSize, 'width' | 'batchSize' | 'recipe' | 'trainedSteps' | 'tried'>;

/** What was seen where it did not come out; null where it was never tried in vain. */
export function triedText(preset: Preset, sizes: readonly Tried[] = triedSizes(preset.id)): string | null {
  const names = presetNets(preset);
  const isQuestion = presetClaims[preset.id].kind === 'question';
  const texts = sizes.map(({ width, batchSize, recipe, trainedSteps, tried }) => {
    const seeds = seedFacts(tried, names);
    const what = !isQuestion ? 'unseen' : areAlike(seeds) ? 'brief' : 'open';
    return words.didNot({ width, batchSize, recipe, steps: trainedSteps }, what, seeds);
  });
  return texts.length > 0 ? texts.join(' ') : null;
}

/** Whether all seeds name the same nets as ahead, and all nets had begun to learn. */
const areAlike = (seeds: readonly SeedFacts[]): boolean =>
  seeds.every(({ diverged, hardly }) => !diverged && !hardly) &&
  new Set(seeds.map(({ ahead }) => ahead.map(({ better, worse }) => `${better} ${worse}`).join())).size === 1;

function seedFacts(tried: TriedSize['tried'], names: ReadonlyMap<string, string>): readonly SeedFacts[] {
  // "ResNet-20 (B)": among others a comma would end the name.
  const nameOf = (id: string) => (names.get(id) ?? id).replace(/, (.*)$/, ' ($1)');
  const seeds = [...new Set(tried.flatMap(({ seen }) => seen.map(({ seed }) => seed)))];
  return seeds.map((seed) => {
    const gaps = tried.flatMap(({ nets, seen }) => {
      const one = seen.find((candidate) => candidate.seed === seed);
      return one ? [{ nets, ...one }] : [];
    });
    return {
      seed,
      ahead: gaps.flatMap(({ nets, better, gap }) =>
        better !== null && gap !== null
          ? [{ better: nameOf(better), worse: nameOf(nets.find((id) => id !== better) ?? ''), gap }]
          : [],
      ),
      diverged: gaps.some(({ gap }) => gap === null),
      hardly: gaps.some(({ learning }) => !learning),
      pairs: gaps.length,
    };
  });
}

/** The size with the fewest images of those at which it came out: the one that takes least. */
const smallest = (sizes: readonly MeasuredSize[]): MeasuredSize | undefined =>
  sizes.toSorted((a, b) => weight(a) - weight(b))[0];
const weight = ({ width, batchSize, steps }: MeasuredSize) => width * width * batchSize * steps;

/** All of it, in one text that is never empty. */
export function presetTried(preset: Preset): string {
  const least = smallest(measuredSizes(preset.id));
  const shown = least
    ? words.comesOut(least, least.seeds, isUpToTrained(preset.id) ? least.trainedSteps : null)
    : null;
  const texts = [shown, triedText(preset), preset.whole ? words.whole : null].filter((text) => text !== null);
  return texts.length > 0 ? texts.join(' ') : words.never;
}
