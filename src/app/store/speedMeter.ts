/** Measures the device in quiet moments, once for each way of training on it, and never while something trains. */
import type { StoreApi } from 'zustand/vanilla';
import type { Speed } from '../../model/cost.ts';
import type { DeviceChoice } from '../../workers/protocol.ts';
import type { AppState } from './appStore.ts';
import { isLive, phaseOf } from './training.ts';

export interface SpeedServices {
  /** How fast the device trains so many lanes; rejects when the signal is aborted. */
  readonly measureSpeed: (device: DeviceChoice, lanes: number, signal: AbortSignal) => Promise<Speed>;
}

/** Milliseconds without a change after which a measurement begins. */
const QUIET = 400;

/** What decides the speed: on a processor two lanes at once are slower than one. */
const keyOf = ({ backend, threads }: DeviceChoice, lanes: number) =>
  `${backend} ${threads} ${Math.min(2, lanes)}`;

/** Keeps `speed` of the state true to the device and the number of lanes. What was measured holds for the session. */
export function keepSpeed(store: StoreApi<AppState>, { measureSpeed }: SpeedServices): void {
  const measured = new Map<string, Speed>();
  let wanted = '';
  let running: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function look(): void {
    const { device, draft, training } = store.getState();
    const lanes = draft.lanes.length;
    const key = device.kind === 'found' && !isLive(phaseOf(training)) ? keyOf(device.choice, lanes) : '';
    if (key === wanted) return;
    wanted = key;
    if (timer !== null) clearTimeout(timer);
    timer = null;
    running?.abort(new DOMException('The device is needed for training.', 'AbortError'));
    running = null;
    const speed = measured.get(key);
    if (speed) store.setState({ speed: { kind: 'measured', speed } });
    else if (device.kind === 'found' && key !== '') {
      const { choice } = device;
      if (store.getState().speed.kind !== 'measured') store.setState({ speed: { kind: 'measuring' } });
      timer = setTimeout(() => void measure(key, choice, lanes), QUIET);
    } else if (store.getState().speed.kind === 'measuring') store.setState({ speed: { kind: 'unknown' } });
  }

  async function measure(key: string, device: DeviceChoice, lanes: number): Promise<void> {
    timer = null;
    const own = new AbortController();
    running = own;
    try {
      const speed = await measureSpeed(device, lanes, own.signal);
      measured.set(key, speed);
      if (running === own) store.setState({ speed: { kind: 'measured', speed } });
    } catch (error) {
      if (own.signal.aborted) return;
      console.warn('the device could not be measured', error);
      store.setState({ speed: { kind: 'failed' } });
    } finally {
      if (running === own) running = null;
    }
  }

  look();
  store.subscribe((state, before) => {
    if (
      state.device !== before.device ||
      state.draft.lanes !== before.draft.lanes ||
      state.training !== before.training
    ) {
      look();
    }
  });
}
