/** Nets that come with the page as recordings, as trained ones: long runs are trained once, and shown and judged by the same file. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { TRAINING_IMAGES } from '../../src/model/dataset.ts';
import { unpackSteps, type Recording, type RecordingEntry } from '../../src/model/recording.ts';
import { parseRun, type RunConfig } from '../../src/model/config.ts';
import { readJson } from '../inputFiles.ts';
import { prefixKey, type TrainedNet } from './netStore.ts';

/** The run's net among the recordings of a folder that the project made itself; null where it was not recorded with all its steps. */
export async function recordedNet(folder: string, run: RunConfig): Promise<TrainedNet | null> {
  const index = join(folder, 'index.json');
  if (!existsSync(index)) return null;
  const { recordings } = (await readJson(index)) as { readonly recordings: readonly RecordingEntry[] };
  // How often a net was tested makes no difference to its training. Settings that came later are what their absence meant.
  const keyOf = (config: RunConfig) => prefixKey({ ...parseRun(config), evaluation: run.evaluation });
  const entry = recordings.find(
    ({ config, steps }) => steps >= (run.steps ?? Infinity) && keyOf(config) === prefixKey(run),
  );
  if (!entry) return null;
  const recording = (await readJson(join(folder, entry.file))) as Recording;
  const steps = unpackSteps(recording, TRAINING_IMAGES);
  const { commit, date, device } = entry;
  return {
    run: { ...parseRun(entry.config) },
    error: steps.map(({ error }) => Number(error.toFixed(5))),
    divergedAt: recording.end.divergedAt,
    seconds: steps.at(-1)?.trainingSeconds ?? 0,
    commit,
    date,
    device,
  };
}
