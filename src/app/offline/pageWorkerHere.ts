import type { StoreApi } from 'zustand/vanilla';
import { locksHere } from '../../protocol/lifeline.ts';
import type { AppState } from '../state/AppState.ts';
import { phaseOf } from '../state/training.ts';
import { isSavingData, whenIdle } from '../ui/parts/fetchAhead.ts';
import { startPageWorker, type PageWorker } from './pageWorker.ts';

/** Milliseconds between two looks for a new version while the page stays open. */
const LOOK = 3_600_000;

/** The service worker of this page in this browser; not where the person asks to save data. */
export function pageWorkerHere(store: StoreApi<AppState>): PageWorker {
  const version = document.querySelector<HTMLMetaElement>('meta[name="version"]')?.content ?? null;
  // Absent where the page came over plain http from another machine.
  const { serviceWorker } = navigator as { readonly serviceWorker?: ServiceWorkerContainer };
  return startPageWorker({
    container: isSavingData() ? null : (serviceWorker ?? null),
    locks: locksHere(),
    version,
    folder: new URL('./', document.baseURI).href,
    isIsolated: crossOriginIsolated,
    quiet: quiet(store),
    onOccasion(look) {
      addEventListener('online', look);
      setInterval(look, LOOK);
    },
    reload() {
      // Chromium begins no load while another one waits, and one that was lost waits for ever (docs/decisions/2026-11-26-offline.md).
      stop();
      location.reload();
    },
  });
}

/** When the page has been loaded, has nothing to do, and no run is on its way to its first step. */
async function quiet(store: StoreApi<AppState>): Promise<void> {
  if (document.readyState !== 'complete')
    await new Promise((resolve) => addEventListener('load', resolve, { once: true }));
  await new Promise<void>((resolve) => whenIdle(resolve));
  const isStarting = ({ training }: AppState) => phaseOf(training) === 'starting';
  if (!isStarting(store.getState())) return;
  await new Promise<void>((resolve) => {
    const leave = store.subscribe((state) => {
      if (isStarting(state)) return;
      leave();
      resolve();
    });
  });
}
