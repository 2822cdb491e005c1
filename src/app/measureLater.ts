/** What measures the device comes when it is first asked: in quiet moments. */
import type { TrainWorkerPool } from '../client/trainWorkerPool.ts';
import type { DeviceServices } from './session/device/deviceMemory.ts';
import type { SpeedServices } from './session/device/speedMeter.ts';
import { awaitPart } from './ui/parts/awaitPart.ts';
import { createPart } from './ui/parts/part.ts';

const part = createPart('measureSpeed', () => import('../client/device/measureSpeed.ts'));

export const measureLater = (
  pool: TrainWorkerPool,
): Pick<SpeedServices, 'measureSpeed'> & Pick<DeviceServices, 'measureThreads'> => ({
  measureSpeed: async (...asked) => (await awaitPart(part)).measureSpeed(pool, ...asked),
  measureThreads: async (...asked) => (await awaitPart(part)).measureThreads(pool, ...asked),
});
