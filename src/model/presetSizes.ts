/** The sizes at which the presets' claims come out, as trained by `npm run claims`; nothing here is guessed. */
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

export interface MeasuredSize extends PresetSize {
  /** Up to so many steps it was trained, and held. */
  readonly trainedSteps: number;
  readonly seeds: readonly number[];
  readonly pairs: readonly MeasuredPair[];
  readonly command: string;
  readonly commit: string;
  readonly date: string;
  readonly device: string;
}

export type MeasuredSizes = Partial<Record<PresetId, readonly MeasuredSize[]>>;

const sizes: MeasuredSizes = measured;

/** Sizes at which the preset's claim came out with every seed that was tried; empty while none is measured. */
export const measuredSizes = (preset: PresetId): readonly MeasuredSize[] => sizes[preset] ?? [];

/**
 * Whether a form of this size is as large as one at which the claim came out; null where none is measured. Of the same filters and
 * batch their own measurement decides; else one of fewer filters, images and steps.
 */
export function isLargeEnough(size: PresetSize, measured: readonly PresetSize[]): boolean | null {
  if (measured.length === 0) return null;
  const own = measured.find(({ width, batchSize }) => width === size.width && batchSize === size.batchSize);
  if (own) return size.steps >= own.steps;
  return measured.some(
    ({ width, batchSize, steps }) =>
      size.width >= width && size.batchSize >= batchSize && size.steps >= steps,
  );
}
