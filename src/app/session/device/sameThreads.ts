import type { DeviceChoice } from '../../../protocol/protocol.ts';
import type { Run } from '../../state/run.ts';

/**
 * The device with the threads on which those of `runs` that go on were computed before: sums are taken in parts, one for each thread, so that
 * with another number the last bits would differ, and soon all of them. The best number depends on how many nets train at once, and on
 * whether it has been measured.
 */
export function sameThreads(device: DeviceChoice, runs: readonly Run[]): DeviceChoice {
  const threads = runs.flatMap(({ state, provenance }) =>
    state !== 'ended' && provenance?.backend === device.backend ? [provenance.threads] : [],
  );
  const canChoose = device.backend === 'wasm' && device.threadsBarred === undefined;
  return canChoose && threads.length > 0 ? { ...device, threads: Math.max(...threads) } : device;
}
