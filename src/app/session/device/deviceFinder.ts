import type { StoreApi } from 'zustand/vanilla';
import { toFailure } from '../../../protocol/failure.ts';
import type { DeviceChoice } from '../../../protocol/protocol.ts';
import type { AppState } from '../../state/AppState.ts';

/** Finds the device for this many lanes, and keeps in the state which it is, or why there is none; it then rejects, too. */
export const createDeviceFinder =
  (store: StoreApi<AppState>, chooseDevice: (lanes: number) => Promise<DeviceChoice>) =>
  async (lanes: number): Promise<DeviceChoice> => {
    try {
      const choice = await chooseDevice(lanes);
      store.setState({ device: { kind: 'found', choice } });
      return choice;
    } catch (error) {
      store.setState({ device: { kind: 'failed', failure: toFailure(error) } });
      throw error;
    }
  };
