/** Has the workers of the next run started while the page is idle: what a person waits for after Train is the training. */
import type { StoreApi } from 'zustand/vanilla';
import type { ExperimentClient } from '../../../client/clientTypes.ts';
import { settingsKey } from '../../../model/sameSettings.ts';
import { readDraft } from '../../state/readDraft.ts';
import { isLive, phaseOf } from '../../state/training.ts';
import type { AppState } from '../../state/AppState.ts';

/** Milliseconds without a change after which workers are made to fit the draft; at the first time, none. */
const QUIET = 400;

/** Keeps the client warm for the draft on the device that was found, but while something trains. */
export function warmAhead(store: StoreApi<AppState>, client: Pick<ExperimentClient, 'warm'>): void {
  let warmed = '';
  let timer: ReturnType<typeof setTimeout> | null = null;

  function look(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const { device, draft, training } = store.getState();
    if (isLive(phaseOf(training))) {
      warmed = '';
      return;
    }
    const { experiment } = readDraft(draft);
    if (device.kind !== 'found' || !experiment) return;
    const { choice } = device;
    const { seed, order, batchSize, optimizer } = experiment.recipe;
    const nets = experiment.lanes.map((lane) => [lane.model, lane.optimizer?.type]);
    // Kernels are compiled for the very run, on WebGPU.
    const ready = choice.backend === 'webgpu' ? [nets, batchSize, optimizer.type] : [nets.length];
    const key = settingsKey([choice.backend, choice.threads, seed, order, ...ready]);
    if (key === warmed) return;
    const warm = () => {
      warmed = key;
      client.warm(experiment, choice);
    };
    if (warmed === '' && training.runs.length === 0) warm();
    else timer = setTimeout(warm, QUIET);
  }

  look();
  store.subscribe((state, before) => {
    const phases = [state, before].map(({ training }) => isLive(phaseOf(training)));
    if (state.device !== before.device || state.draft !== before.draft || phases[0] !== phases[1]) look();
  });
}
