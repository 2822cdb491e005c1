/** Recorded runs, as the page shows them behind its own. */
import { presets } from '../../../model/presets.ts';
import { RECORDED_STEPS, recordedPresets, recordedSteps } from '../../../model/recordedPresets.ts';
import type { PresetId } from '../../../model/presetId.ts';
import type { RecordingEntry } from '../../../model/recording.ts';
import type { Run } from '../../state/run.ts';
import { recordings as words } from './enRecordings.ts';
import { fetchRecording, readIndex, readRecording, recordedId, recordedNet } from './readRecordings.ts';

/** On the charts and in the table. */
export const recordedName = (entry: RecordingEntry): string =>
  words.name(recordedNet(entry), entry.config.seed, entry.steps === RECORDED_STEPS ? null : entry.steps);

/**
 * The recordings that show what a preset claims, or a pair of what it asks; those of `RECORDED_STEPS` where none is meant, or it was not recorded.
 * Of the longer ones all four come: that depth helps is seen beside that it hurts without shortcuts.
 */
export function recordingsOf(
  preset: PresetId | null,
  entries: readonly RecordingEntry[],
): readonly RecordingEntry[] {
  const wanted = recordedSteps(preset);
  const alike = entries.filter(({ steps }) => steps === wanted);
  if (preset === null || !recordedPresets.has(preset) || wanted !== RECORDED_STEPS) return alike;
  const nets = presets.find(({ id }) => id === preset)?.nets ?? [];
  return alike.filter(({ config: { model } }) =>
    nets.some(({ depth, block }) => depth === model.depth && block === model.block),
  );
}

/** The recorded runs of a preset, all their seeds, but for those whose ids are in `known`. Throws `RecordingError`. */
export async function loadRecorded(
  preset: PresetId | null,
  known: ReadonlySet<string>,
  get = fetchRecording,
): Promise<{ readonly ids: readonly string[]; readonly runs: readonly Run[] }> {
  const wanted = recordingsOf(preset, await readIndex(get));
  const missing = wanted.filter((entry) => !known.has(recordedId(entry)));
  const runs = await Promise.all(missing.map((entry) => readRecording(entry, recordedName(entry), get)));
  return { ids: wanted.map(recordedId), runs };
}
