import type { StoreApi } from 'zustand/vanilla';
import { defaultExperiment } from '../../../model/presets.ts';
import { draftShowing } from '../../state/readDraft.ts';
import { isLive, phaseOf } from '../../state/training.ts';
import type { AppState } from '../../state/AppState.ts';

/** Sizes the default that nobody has touched to the device, whenever one of another kind is found. */
export function fitDefault(store: StoreApi<AppState>): void {
  let sized: 'cpu' | 'gpu' = 'cpu';
  store.subscribe(({ device, edited, training }, before) => {
    if (device === before.device || device.kind !== 'found' || edited || isLive(phaseOf(training))) return;
    const kind = device.choice.software ? 'cpu' : 'gpu';
    if (kind === sized) return;
    sized = kind;
    store.setState({ draft: draftShowing(defaultExperiment(kind)) });
  });
}
