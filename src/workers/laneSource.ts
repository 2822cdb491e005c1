/** The training worker's end of a lane's channel: batches from the data worker. */
import { evaluationBatches } from '../data/batches.ts';
import { createDeferred, type Deferred } from '../data/deferred.ts';
import type { BatchSource } from '../data/source.ts';
import { fromFailure } from '../training/failure.ts';
import type { LaneAnswer, LaneRequest } from './protocol.ts';

/** The data worker is gone, or answered what was not asked. */
export class LaneError extends Error {
  override readonly name = 'LaneError';
}

/**
 * The source of batches behind `port`, once the dataset is open. It rejects, like every request of the source, with
 * the data worker's error, rebuilt by name, message, stack and cause, or with a {@link LaneError}.
 */
export async function connectLane(port: MessagePort): Promise<BatchSource> {
  const request = createRequester(port);
  const { trainingImages, testImages } = await request({ kind: 'describe' }, 'description');
  return {
    trainingImages,
    testImages,
    async next() {
      return (await request({ kind: 'next' }, 'training')).batch;
    },
    evaluation(images, batchSize) {
      const test = async (from: number, size: number) =>
        (await request({ kind: 'evaluation', from, size }, 'test')).batch;
      return evaluationBatches(test, Math.min(images, testImages), batchSize);
    },
    leave() {
      port.postMessage({ kind: 'leave' } satisfies LaneRequest);
    },
  };
}

type Answered = Exclude<LaneRequest, { kind: 'leave' }>;

/** Sends requests over the port. Answers come in the order of the requests: the server keeps it. */
function createRequester(port: MessagePort) {
  const waiting: Deferred<LaneAnswer>[] = [];
  let lost: LaneError | undefined;
  const lose = (message: string) => {
    lost = new LaneError(message);
    for (const request of waiting.splice(0)) request.reject(lost);
  };
  port.addEventListener('message', ({ data }: MessageEvent<LaneAnswer>) => waiting.shift()?.resolve(data));
  port.addEventListener('messageerror', () => lose('An answer of the data worker could not be read.'));
  // Told by some browsers only.
  port.addEventListener('close', () => lose('The data worker has ended.'));
  port.start();

  return async <K extends LaneAnswer['kind']>(
    request: Answered,
    kind: K,
  ): Promise<Extract<LaneAnswer, { kind: K }>> => {
    if (lost) throw lost;
    const pending = createDeferred<LaneAnswer>();
    waiting.push(pending);
    port.postMessage(request);
    const answer = await pending.promise;
    if (answer.kind === 'failure') throw fromFailure(answer.failure);
    if (!isKind(answer, kind)) {
      throw new LaneError(`The data worker answered ${request.kind} with ${answer.kind}.`);
    }
    return answer;
  };
}

function isKind<K extends LaneAnswer['kind']>(
  answer: LaneAnswer,
  kind: K,
): answer is Extract<LaneAnswer, { kind: K }> {
  return answer.kind === kind;
}
