/** Nets that come with the page as recordings, as trained ones: long runs are trained once, and shown and judged by the same file. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { TRAINING_IMAGES } from '../../src/model/dataset.ts';
import { unpackSteps, type Recording, type RecordingEntry } from '../../src/model/recording.ts';
import type { RunConfig } from '../../src/model/config.ts';
import { readJson } from '../inputFiles.ts';
import { prefixKey, type TrainedNet } from './netStore.ts';

/** The run's net among the recordings of a folder that the project made itself; null where it was not recorded with all its steps. */
export async function recordedNet(folder: string, run: RunConfig): Promise<TrainedNet | null> {
  const index = join(folder, 'index.json');
  if (!existsSync(index)) return null;
  const { recordings } = (await readJson(index)) as { readonly recordings: readonly RecordingEntry[] };
  const entry = recordings.find(
    // How often a net was tested makes no difference to its training.
    ({ config, steps }) =>
      prefixKey({ ...config, evaluation: run.evaluation }) === prefixKey(run) &&
      steps >= (run.steps ?? Infinity),
  );
  if (!entry) return null;
  const recording = (await readJson(join(folder, entry.file))) as Recording;
  const steps = unpackSteps(recording, TRAINING_IMAGES);
  const { commit, date, device } = entry;
  return {
    run: { ...entry.config },
    error: steps.map(({ error }) => Number(error.toFixed(5))),
    divergedAt: recording.end.divergedAt,
    seconds: steps.at(-1)?.trainingSeconds ?? 0,
    commit,
    date,
    device,
  };
}
