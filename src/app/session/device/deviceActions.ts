/** What can be done about a device that failed. */
import type { StoreApi } from 'zustand/vanilla';
import type { BackendName, DeviceChoice, Failure } from '../../../protocol/protocol.ts';
import { isLive, phaseOf } from '../../state/training.ts';
import type { DeviceActions, TrainingActions } from '../../state/App.ts';
import { brokenRuns } from '../goingOn.ts';
import type { AppState } from '../../state/AppState.ts';

/** How failures of devices are remembered; without it nothing is fallen on from. */
export interface DeviceFailures {
  /** Rules a backend out that failed with this; false if it is no failure of a device, or there is nothing after it. */
  readonly deviceFailed?: (backend: BackendName, failure: Failure) => boolean;
  /** Gives backends that were ruled out another chance. */
  readonly forgiveDevices?: () => void;
}

export function createDeviceActions(
  store: StoreApi<AppState>,
  { deviceFailed, forgiveDevices }: DeviceFailures,
  {
    findDevice: find,
    train,
    continueRuns,
  }: Pick<TrainingActions, 'train' | 'continueRuns'> & {
    readonly findDevice: (lanes: number) => Promise<DeviceChoice>;
  },
): DeviceActions {
  const live = () => isLive(phaseOf(store.getState().training));
  async function findDevice(): Promise<void> {
    store.setState({ device: { kind: 'looking' } });
    // What it rejects with stands in the state.
    await find(store.getState().draft.lanes.length).catch(() => null);
  }
  return {
    findDevice,
    async retryDevices() {
      if (live()) return;
      forgiveDevices?.();
      await findDevice();
    },
    async trainElsewhere(failure) {
      const { device, training } = store.getState();
      if (live() || device.kind !== 'found') return;
      const run = training.runs.find(({ end }) => end?.failure === failure);
      // The device of the page may be another by now.
      deviceFailed?.(run?.provenance?.backend ?? device.choice.backend, failure);
      const lost = brokenRuns(store.getState());
      if (lost.length > 0) await continueRuns(lost.map(({ id }) => id));
      else await train();
    },
  };
}
