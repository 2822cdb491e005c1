/** What trained sizes tell: whether the claim comes out, and from which number of steps on. */
import type { MeasuredSize, MeasuredSizes, SeenGap, TriedSize } from '../../src/model/presetSizes.ts';
import { presetClaims } from '../../src/model/presetClaims.ts';
import type { PresetId, PresetSize } from '../../src/model/presetId.ts';
import { agree, holdsFrom, judge, type JudgedNet, type Outcome } from './judge.ts';
import type { NodeBackend } from '../node/nodeBackends.ts';
import type { TrainedNet } from './netStore.ts';
import { nameOfSize, textOfSize } from './sizeText.ts';

/** A preset at a size, trained; lists have an entry a seed, and those within an entry a lane. */
export interface SizeResult {
  readonly preset: PresetId;
  readonly size: PresetSize;
  readonly seeds: readonly number[];
  /** What `npm run claims` was asked to train on. */
  readonly backend: NodeBackend;
  /** Whether nets that are recorded were taken. */
  readonly recorded: boolean;
  readonly nets: readonly (readonly JudgedNet[])[];
  readonly files: readonly (readonly TrainedNet[])[];
  readonly outcomes: readonly Outcome[];
}

/** "degradation 8x64x300, seeds 1, 2: comes out from step 175 on: ...". */
export function summaryOf(result: SizeResult): string {
  const { preset, size, seeds, outcomes } = result;
  const from = shownFrom(result);
  const pairs = outcomes[0]?.pairs.map(({ pair: [a, b] }, i) => {
    const each = outcomes.map((outcome) => pairWords(outcome.pairs[i]!));
    return `${a} and ${b}: ${each.join(', ')}`;
  });
  const brief = agree(outcomes) ? 'comes out with the last steps alone' : 'does not come out';
  const found = from === null ? brief : `comes out from step ${from} on`;
  return `${preset} ${nameOfSize(size)}, seeds ${seeds.join(', ')}: ${found}; ${pairs?.join('; ') ?? ''}`;
}

function pairWords({ better, gap, noise, why, learning }: Outcome['pairs'][number]): string {
  const points = (share: number | null) => (share === null ? '?' : (100 * share).toFixed(1));
  const result = better === null ? (why ?? '') : `${better} ahead`;
  return `${result} by ${points(gap)} (noise ${points(noise)}${learning ? '' : ', not learning'})`;
}

/**
 * The content of presetSizes.json: `known` with what `results` tell. Of each preset, filters and batch the fewest steps from which on its
 * claim comes out; where the longest training shows that it does not, what was seen instead.
 */
export function sizesFound(known: MeasuredSizes, results: readonly SizeResult[]): MeasuredSizes {
  const found: Partial<Record<PresetId, readonly (MeasuredSize | TriedSize)[]>> = { ...known };
  for (const result of results) {
    const { preset, size } = result;
    const isSame = (one: MeasuredSize | TriedSize) =>
      one.width === size.width &&
      one.batchSize === size.batchSize &&
      one.recipe === size.recipe &&
      // Where the rate drops at shares of the steps, others are another run.
      (size.recipe !== 'paper' || one.trainedSteps === size.steps);
    const of = found[preset] ?? [];
    if (of.some((one) => isSame(one) && one.trainedSteps > size.steps)) continue;
    const all = [...of.filter((one) => !isSame(one)), measuredSize(result) ?? triedSize(result)];
    found[preset] = all.sort((a, b) => a.width - b.width || a.batchSize - b.batchSize);
  }
  return found;
}

/** From which number of steps on the claim comes out; null if it does not. Where the rate drops at shares of the steps, fewer are another run. */
function shownFrom({ preset, size, nets }: SizeResult): number | null {
  const from = holdsFrom(presetClaims[preset], nets, size.steps);
  return from === null || size.recipe !== 'paper' ? from : size.steps;
}

function measuredSize(result: SizeResult): MeasuredSize | null {
  const { preset, nets } = result;
  const claim = presetClaims[preset];
  const steps = shownFrom(result);
  if (steps === null) return null;
  const outcomes = nets.map((of) => judge(claim, of, steps));
  const { trainedSteps, seeds, command, commit, date, device, ...place } = trainingOf(result);
  return {
    ...place,
    steps,
    trainedSteps,
    seeds,
    pairs: outcomes[0]!.pairs.map(({ pair, better }, i) => {
      const gaps = outcomes.map(({ pairs }) => pairs[i]!.gap ?? 0);
      const noises = outcomes.map(({ pairs }) => pairs[i]!.noise ?? 0);
      // The careful side of the seeds.
      const gap = better === null ? Math.max(...gaps) : Math.min(...gaps);
      return { nets: [...pair], better, gap: rounded(gap), noise: rounded(Math.max(...noises)) };
    }),
    command,
    commit,
    date,
    device,
  };
}

function triedSize(result: SizeResult): TriedSize {
  const { trainedSteps, seeds, command, commit, date, device, ...place } = trainingOf(result);
  const { outcomes } = result;
  const tried = (outcomes[0]?.pairs ?? []).map(({ pair }, i) => ({
    nets: [...pair],
    seen: outcomes.map(({ pairs }, seed): SeenGap => {
      const { better, gap, noise, learning } = pairs[i]!;
      return { seed: seeds[seed]!, better, gap: orNull(gap), noise: orNull(noise), learning };
    }),
  }));
  return { ...place, trainedSteps, seeds, tried, command, commit, date, device };
}

/** The command that trains a preset at a size with these seeds. */
export function commandOf(
  { preset, size, backend, recorded }: Pick<SizeResult, 'preset' | 'size' | 'backend' | 'recorded'>,
  seeds: readonly number[],
): string {
  const recipe = size.recipe ? ` --recipe ${size.recipe}` : '';
  const more = `${recipe}${backend === 'wasm' ? '' : ` --backend ${backend}`}${recorded ? ' --recorded' : ''}`;
  return `npm run claims -- --out DIR --preset ${preset} --size ${textOfSize(size)} --seeds ${seeds.join(',')}${more}`;
}

function trainingOf({ preset, size, seeds, backend, recorded, files }: SizeResult) {
  // Nets that were there already may be older.
  const all = (of: (file: TrainedNet) => string) => [...new Set(files.flat().map(of))].sort();
  const commit = all((file) => file.commit).join(', ');
  const date = all((file) => file.date).at(-1)!;
  const device = all((file) => file.device).join(', ');
  const command = commandOf({ preset, size, backend, recorded }, seeds);
  const { width, batchSize, recipe, steps } = size;
  return {
    width,
    batchSize,
    ...(recipe && { recipe }),
    trainedSteps: steps,
    seeds: [...seeds],
    command,
    commit,
    date,
    device,
  };
}

const rounded = (share: number) => Number(share.toFixed(4));
const orNull = (share: number | null) => (share === null ? null : rounded(share));
