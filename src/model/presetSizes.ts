/** At which sizes the presets' claims come out, and at which they did not, as trained by `npm run claims`; nothing here is guessed. */
import { presetClaims } from './presetClaims.ts';
import type { PresetId, PresetSize } from './presetId.ts';
import measured from './presetSizes.json' with { type: 'json' };

export interface MeasuredPair {
  readonly nets: readonly string[];
  /** The net that is ahead with every seed; null if none is beyond the noise. */
  readonly better: string | null;
  /** Difference of the mean training errors at `steps`, and what it has to exceed, 0 to 1: of the seeds the careful one. */
  readonly gap: number;
  readonly noise: number;
}

/** A preset that was trained at a size. */
interface Training {
  readonly width: number;
  readonly batchSize: number;
  readonly recipe?: 'paper' | undefined;
  /** Up to so many steps. */
  readonly trainedSteps: number;
  readonly seeds: readonly number[];
  readonly command: string;
  readonly commit: string;
  readonly date: string;
  readonly device: string;
}

/** The claim holds from `steps` up to `trainedSteps`; by the paper's recipe, whose rate drops by the number of the steps, at the last alone. */
export interface MeasuredSize extends PresetSize, Training {
  readonly pairs: readonly MeasuredPair[];
}

/** What a pair of nets showed with one seed, at the last of the steps. */
export interface SeenGap {
  readonly seed: number;
  /** The net that is ahead; null if none is beyond the noise. */
  readonly better: string | null;
  /** Difference of the mean training errors, and what it has to exceed, 0 to 1; null where a net diverged. */
  readonly gap: number | null;
  readonly noise: number | null;
  /** Whether the net that is ahead, or each where neither is, had begun to learn. */
  readonly learning: boolean;
}

/** The claim did not come out, or the seeds did not answer the question alike. */
export interface TriedSize extends Training {
  readonly tried: readonly { readonly nets: readonly string[]; readonly seen: readonly SeenGap[] }[];
}

export type MeasuredSizes = Partial<Record<PresetId, readonly (MeasuredSize | TriedSize)[]>>;

// In JSON a recipe is any text: presetSizes.test.ts asks which.
const sizes = measured as MeasuredSizes;
const sizesOf = (preset: PresetId) => sizes[preset] ?? [];

/** Sizes at which the preset's claim came out with every seed that was tried; empty while none is measured. */
export const measuredSizes = (preset: PresetId): readonly MeasuredSize[] =>
  sizesOf(preset).filter((one): one is MeasuredSize => !('tried' in one));

/** Sizes at which it was tried and did not. */
export const triedSizes = (preset: PresetId): readonly TriedSize[] =>
  sizesOf(preset).filter((one) => 'tried' in one);

/** Whether a preset's claim is known up to the steps that were trained alone. */
export function isUpToTrained(preset: PresetId): boolean {
  const claim = presetClaims[preset];
  return claim.kind === 'gaps' && claim.upToTrained === true;
}

/** Of each size that was trained, the fewest steps from which on the claim holds: Infinity where it did not come out. */
export function stepsNeeded(preset: PresetId): readonly PresetSize[] {
  const isBounded = isUpToTrained(preset);
  return sizesOf(preset).map(({ width, batchSize, recipe, trainedSteps, ...one }) => ({
    width,
    batchSize,
    recipe,
    steps: 'steps' in one ? one.steps : Infinity,
    ...(isBounded && { until: trainedSteps }),
  }));
}

/**
 * Whether a form of this size is as large as one at which the claim came out; null where it did at none, and where the form is longer than
 * what is known of a claim that need not last. Of the same filters and batch their own measurement decides; else one of fewer filters,
 * images and steps. What took the paper's recipe says nothing of forms without it.
 */
export function isLargeEnough(size: PresetSize, measured: readonly PresetSize[]): boolean | null {
  if (!measured.some(({ steps }) => steps < Infinity)) return null;
  const comparable = measured.filter(({ recipe }) => recipe !== 'paper' || size.recipe === 'paper');
  const own = comparable.filter(
    ({ width, batchSize }) => width === size.width && batchSize === size.batchSize,
  );
  const decisive = own.length > 0 ? own : comparable;
  const reached = decisive.filter(
    ({ width, batchSize, steps }) =>
      size.width >= width && size.batchSize >= batchSize && size.steps >= steps,
  );
  if (reached.length === 0) return false;
  return reached.some(({ until = Infinity }) => size.steps <= until) ? true : null;
}
