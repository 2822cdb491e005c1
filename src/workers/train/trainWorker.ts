/**
 * The worker that has a device: wiring only. It trains, or looks into nets where it is called so: one script, because a second one would
 * bring TensorFlow.js once more.
 */
import { holdLife } from '../../protocol/lifeline.ts';
import { systemClock } from '../../model/clock.ts';
import { INSIDE_WORKER, type InsideCommand } from '../../protocol/inside.ts';
import type { TrainCommand, TrainMessage } from '../../protocol/protocol.ts';
import { openWorkerOps } from '../openWorkerOps.ts';
import { takeTurn } from './takeTurn.ts';
import { createTrainHandler } from './trainHandler.ts';

if (self.name === INSIDE_WORKER) {
  const opened = import('../inside/openInside.ts');
  // The page is told as of any other worker that breaks.
  opened.catch(reportError);
  self.addEventListener('message', ({ data }: MessageEvent<InsideCommand>) => {
    // What is said while the script comes is answered in its order.
    void opened.then(({ handleInside }) => handleInside(data));
  });
} else {
  const handle = createTrainHandler({
    post: (message: TrainMessage, transfer: Transferable[] = []) => self.postMessage(message, { transfer }),
    openOps: openWorkerOps,
    clock: systemClock,
    takeTurn,
    holdLife,
  });
  self.addEventListener('message', ({ data }: MessageEvent<TrainCommand>) => handle(data));
}
