/** The training worker: wiring only. */
import { holdLife } from '../../protocol/lifeline.ts';
import { systemClock } from '../../model/clock.ts';
import type { TrainCommand, TrainMessage } from '../../protocol/protocol.ts';
import { openWorkerOps } from '../openWorkerOps.ts';
import { takeTurn } from './takeTurn.ts';
import { createTrainHandler } from './trainHandler.ts';

const handle = createTrainHandler({
  post: (message: TrainMessage, transfer: Transferable[] = []) => self.postMessage(message, { transfer }),
  openOps: openWorkerOps,
  clock: systemClock,
  takeTurn,
  holdLife,
});
self.addEventListener('message', ({ data }: MessageEvent<TrainCommand>) => handle(data));
