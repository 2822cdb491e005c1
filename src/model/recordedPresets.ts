/** Which presets can be seen as recordings. */
import type { PresetId } from './presetId.ts';

/** Steps of each of the recordings that are shown where no preset is meant. */
export const RECORDED_STEPS = 4000;

/**
 * Presets whose claim, or a pair of whose question, was recorded (public/recordings), and the steps of those recordings: where one cannot be
 * trained in the time that there is, it can be seen. That depth helps with shortcuts takes the longer ones, which show the paper's whole figure,
 * smaller.
 */
export const recordedPresets: ReadonlyMap<PresetId, number> = new Map<PresetId, number>([
  ['degradation', RECORDED_STEPS],
  ['twins', RECORDED_STEPS],
  ['flip', RECORDED_STEPS],
  ['depth', 16_000],
  ['paper', 16_000],
]);

/** Steps of the recordings that a preset shows, or that are shown where none is meant. */
export const recordedSteps = (preset: PresetId | null): number =>
  (preset === null ? undefined : recordedPresets.get(preset)) ?? RECORDED_STEPS;
