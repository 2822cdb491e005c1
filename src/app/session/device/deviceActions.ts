/** What can be done about a device that failed. */
import type { StoreApi } from 'zustand/vanilla';
import type { BackendName, Failure } from '../../../protocol/protocol.ts';
import { isLive, phaseOf } from '../../state/training.ts';
import type { App, DeviceActions } from '../../state/App.ts';
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
  { findDevice, train }: Pick<App, 'findDevice' | 'train'>,
): DeviceActions {
  const live = () => isLive(phaseOf(store.getState().training));
  return {
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
      await train();
    },
  };
}
