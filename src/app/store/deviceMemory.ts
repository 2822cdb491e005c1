/** The device for so many lanes, with what was measured of its threads in this session. */
import { calibrated } from '../../workers/deviceProbe.ts';
import type { DeviceChoice, ThreadCalibration } from '../../workers/protocol.ts';

export interface DeviceServices {
  /** The device for this many lanes; rejects if there is none, or not the one asked for. */
  readonly chooseDevice: (lanes: number) => Promise<DeviceChoice>;
  /** Which number of threads is best on WASM; null where there is no choice. Rejects when the signal is aborted. */
  readonly measureThreads: (lanes: number, signal: AbortSignal) => Promise<ThreadCalibration | null>;
}

export interface DeviceMemory {
  /** The device as far as it is known: waits for no measurement of threads. */
  readonly choose: (lanes: number) => Promise<DeviceChoice>;
  /** The same, its threads measured if they were not. Rejects when the signal is aborted. */
  readonly calibrate: (lanes: number, signal: AbortSignal) => Promise<DeviceChoice>;
}

export function createDeviceMemory({ chooseDevice, measureThreads }: DeviceServices): DeviceMemory {
  const found = new Map<number, ThreadCalibration | null>();

  async function choose(lanes: number): Promise<DeviceChoice> {
    const choice = await chooseDevice(lanes);
    const calibration = found.get(lanes);
    return calibration ? calibrated(choice, calibration) : choice;
  }
  return {
    choose,
    async calibrate(lanes, signal) {
      const { backend } = await chooseDevice(lanes);
      if (backend === 'wasm' && !found.has(lanes)) found.set(lanes, await measureThreads(lanes, signal));
      return choose(lanes);
    },
  };
}
