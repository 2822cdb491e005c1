import { useMemo } from 'react';
import { costOf, recomputationShare, type Cost, type LaneCost } from '../../model/cost.ts';
import { sizesOf } from '../../model/sizes.ts';
import type { ExperimentConfig } from '../../model/config.ts';
import { startingLanes, type Room } from '../../model/room.ts';
import { unfitLanes, type Unfit } from '../../model/unfit.ts';
import { roomHere } from '../../client/roomHere.ts';
import { presetOf, type Preset } from '../../model/presets.ts';
import { useAppState } from '../state/hooks/AppContext.ts';
import { difference } from '../runs/looks/enLaneNames.ts';
import { laneNames } from '../runs/looks/laneNames.ts';
import { readDraft } from '../state/readDraft.ts';

export interface ExperimentFacts {
  readonly experiment: ExperimentConfig;
  readonly preset: Preset | null;
  readonly names: readonly string[];
  readonly sizes: readonly Omit<LaneCost, 'stepSeconds'>[];
  /** Null while the device is not measured. */
  readonly cost: Cost | null;
}

/** What is to be said of the experiment of the form; null while it is not sound. */
export function useExperiment(): ExperimentFacts | null {
  const experiment = useAppState((state) => readDraft(state.draft).experiment);
  const speed = useAppState((state) => state.speed);
  return useMemo(() => {
    if (!experiment) return null;
    return {
      experiment,
      preset: presetOf(experiment),
      names: laneNames(experiment.lanes, difference),
      sizes: sizesOf(experiment),
      cost: speed.kind === 'measured' ? costOf(experiment, speed.speed) : null,
    };
  }, [experiment, speed]);
}

/** How many of lanes of these bytes the device trains at once; the others wait for a place. Null while it is looked for. */
export function useStartingLanes(bytes: readonly number[]): number | null {
  const device = useAppState((state) => state.device);
  return device.kind === 'found' ? startingLanes(roomHere(device.choice), bytes) : null;
}

/** What is to be said of an experiment's memory on the device that was found. */
export interface MemoryFacts {
  /** Lanes that this device cannot hold: they cannot be trained. */
  readonly unfit: readonly Unfit[];
  /** Whether a lane takes more than half of what the browser says that the machine has: it may work. */
  readonly isTight: boolean;
  /** Where a lane does not fit, or may not, and all would with recomputation: what the largest then needs. */
  readonly recomputedBytes: number | null;
}

const NOTHING: MemoryFacts = { unfit: [], isTight: false, recomputedBytes: null };

export function useMemoryFacts(experiment: ExperimentConfig | null): MemoryFacts {
  const device = useAppState((state) => state.device);
  return useMemo(() => {
    if (!experiment || device.kind !== 'found') return NOTHING;
    return memoryFacts(experiment, roomHere(device.choice));
  }, [experiment, device]);
}

function memoryFacts(experiment: ExperimentConfig, room: Room): MemoryFacts {
  const { deviceMemory } = navigator as { readonly deviceMemory?: number };
  const half = (deviceMemory ?? Infinity) * 2 ** 29;
  const unfit = unfitLanes(experiment, room);
  const isTight = largestBytes(experiment) > half;
  return {
    unfit,
    isTight,
    recomputedBytes: unfit.length > 0 || isTight ? mended(experiment, unfit, half) : null,
  };
}

function mended(experiment: ExperimentConfig, unfit: readonly Unfit[], half: number): number | null {
  if (experiment.recipe.recompute) return null;
  if (unfit.some(({ recomputedBytes }) => recomputedBytes === null)) return null;
  const bytes = largestBytes(withRecomputation(experiment));
  if (bytes > half) return null;
  return Math.max(bytes, ...unfit.map(({ recomputedBytes }) => recomputedBytes ?? 0));
}

const largestBytes = (experiment: ExperimentConfig): number =>
  Math.max(...sizesOf(experiment).map(({ bytes }) => bytes));

const withRecomputation = (experiment: ExperimentConfig): ExperimentConfig => ({
  ...experiment,
  recipe: { ...experiment.recipe, recompute: true },
});

/** By what share recomputation would lengthen the steps of `experiment`, of the lane of which it does most. */
export function useRecomputationShare({ lanes, recipe }: ExperimentConfig): number {
  const speed = useAppState((state) => state.speed);
  const rates = speed.kind === 'measured' ? speed.speed.rates : undefined;
  return Math.max(...lanes.map(({ model }) => recomputationShare(model, recipe.batchSize, rates)));
}
