/** The device for so many lanes, with what was found out of devices in this session: their threads, and which do not start. */
import { calibrated, type FailedBackends } from '../../../client/device/deviceProbe.ts';
import type { BackendName, DeviceChoice, ThreadCalibration } from '../../../protocol/protocol.ts';

export interface DeviceServices {
  /** The device for this many lanes, none of those that failed; rejects if there is none. */
  readonly chooseDevice: (lanes: number, failed: FailedBackends) => Promise<DeviceChoice>;
  /** Which number of threads is best on WASM; null where there is no choice. Rejects when the signal is aborted. */
  readonly measureThreads: (lanes: number, signal: AbortSignal) => Promise<ThreadCalibration | null>;
}

export interface DeviceMemory {
  /** The device as far as it is known: waits for no measurement of threads. */
  readonly choose: (lanes: number) => Promise<DeviceChoice>;
  /** The same, its threads measured if they were not. Rejects when the signal is aborted. */
  readonly calibrate: (lanes: number, signal: AbortSignal) => Promise<DeviceChoice>;
  /**
   * Remembers that a backend failed with this error, so that the next best is chosen from now on. False if it is no failure of a
   * device, or if there is nothing after it.
   */
  readonly fail: (
    backend: BackendName,
    error: { readonly name: string; readonly message: string },
  ) => boolean;
  /** Gives those that failed another chance. */
  readonly forgive: () => void;
}

export function createDeviceMemory({ chooseDevice, measureThreads }: DeviceServices): DeviceMemory {
  const found = new Map<number, ThreadCalibration | null>();
  const failed = new Map<BackendName, string>();

  async function choose(lanes: number): Promise<DeviceChoice> {
    const choice = await chooseDevice(lanes, failed);
    // Choosing measures, and may find out more: it need not do so again.
    for (const miss of choice.missed ?? []) if (miss.kind === 'failed') failed.set(miss.backend, miss.why);
    const calibration = found.get(lanes);
    return calibration ? calibrated(choice, calibration) : choice;
  }
  function fail(
    backend: BackendName,
    { name, message }: { readonly name: string; readonly message: string },
  ) {
    if ((name !== 'DeviceError' && name !== 'DeviceLostError') || backend === 'cpu') return false;
    failed.set(backend, message);
    return true;
  }
  return {
    choose,
    async calibrate(lanes, signal) {
      const { backend } = await choose(lanes);
      if (backend === 'wasm' && !found.has(lanes)) {
        try {
          found.set(lanes, await measureThreads(lanes, signal));
        } catch (error) {
          // Whoever trains on the next device is told what became of this one.
          if (signal.aborted || !(error instanceof Error) || !fail(backend, error)) throw error;
        }
      }
      return choose(lanes);
    },
    fail,
    forgive: () => failed.clear(),
  };
}
