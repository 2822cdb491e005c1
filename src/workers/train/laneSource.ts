/** The training worker's end of a lane's channel: batches from the data worker. */
import { evaluationBatches } from '../../data/batches.ts';
import { createDeferred, type Deferred } from '../../model/deferred.ts';
import type { BatchSource, TrainingBatch } from '../../protocol/source.ts';
import { LaneError } from '../../protocol/laneError.ts';
import { fromFailure } from '../../protocol/failure.ts';
import type { LaneAnswer, LaneRequest } from '../../protocol/protocol.ts';

/**
 * The source of batches behind `port`, once the dataset is open. It rejects, like every request of the source, with
 * the data worker's error, rebuilt by name, message, stack and cause, or with a {@link LaneError}.
 */
export async function connectLane(port: MessagePort): Promise<BatchSource> {
  const request = createRequester(port);
  const { trainingImages, testImages } = await request({ kind: 'describe' }, 'description');
  const ask = async () => (await request({ kind: 'next' }, 'training')).batch;
  let ahead: Promise<TrainingBatch> | undefined;
  const askAhead = () => {
    ahead = ask();
    // Whoever asks for it is told.
    ahead.catch(() => {});
  };
  // In lockstep a lane that is ready begins although others are not.
  askAhead();
  let taken = 0;
  return {
    trainingImages,
    testImages,
    async next() {
      const asked = ahead ?? ask();
      ahead = undefined;
      const batch = await asked;
      // The next one comes while this one is computed; not the second, for whose sake all other data is loaded.
      if (++taken > 1) askAhead();
      return batch;
    },
    evaluation(images, batchSize) {
      const test = async (from: number, size: number) =>
        (await request({ kind: 'evaluation', from, size }, 'test')).batch;
      return evaluationBatches(test, Math.min(images, testImages), batchSize);
    },
    leave() {
      ahead = undefined;
      port.postMessage({ kind: 'leave' } satisfies LaneRequest);
    },
  };
}

type Answered = Exclude<LaneRequest, { kind: 'leave' }>;
/** A request before it has got its number. */
type Unnumbered<R> = R extends Answered ? Omit<R, 'id'> : never;

/** Sends requests over the port, each with a number that its answer repeats. */
function createRequester(port: MessagePort) {
  const waiting = new Map<number, Deferred<LaneAnswer>>();
  let sent = 0;
  let lost: LaneError | undefined;
  const lose = (message: string) => {
    lost = new LaneError(message);
    for (const request of waiting.values()) request.reject(lost);
    waiting.clear();
  };
  port.addEventListener('message', ({ data }: MessageEvent<LaneAnswer>) => {
    waiting.get(data.id)?.resolve(data);
    waiting.delete(data.id);
  });
  port.addEventListener('messageerror', () => lose('An answer of the data worker could not be read.'));
  // Told by some browsers only.
  port.addEventListener('close', () => lose('The data worker has ended.'));
  port.start();

  return async <K extends LaneAnswer['kind']>(
    request: Unnumbered<Answered>,
    kind: K,
  ): Promise<Extract<LaneAnswer, { kind: K }>> => {
    if (lost) throw lost;
    const pending = createDeferred<LaneAnswer>();
    const id = sent++;
    waiting.set(id, pending);
    port.postMessage({ ...request, id } satisfies LaneRequest);
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
