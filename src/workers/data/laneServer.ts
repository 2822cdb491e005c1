/** The data worker's end of a lane's channel. */
import type { Lane } from '../../data/dealer.ts';
import { toFailure } from '../../protocol/failure.ts';
import type { LaneAnswer, LaneReply, LaneRequest } from '../../protocol/protocol.ts';

/**
 * Answers a lane's requests as soon as each can be answered: a batch that others are waited for holds up no evaluation. `leave` is not
 * answered. Buffers are transferred. If `lane` rejects, so is every request. A channel whose other end goes away, with a worker that
 * crashed, counts as leaving and is told to `onLost` (where the browser tells).
 */
export function serveLane(port: MessagePort, lane: Promise<Lane>, onLost: () => void = () => {}): void {
  // A lane that cannot be had is told to who asks for something; whoever opens the data tells the page.
  const leave = () => void lane.then((opened) => opened.leave()).catch(() => {});
  lane.catch(() => {});
  port.addEventListener('message', ({ data: request }: MessageEvent<LaneRequest>) => {
    if (request.kind === 'leave') {
      leave();
      return;
    }
    void answer(request, lane).then((reply) => {
      port.postMessage({ id: request.id, ...reply } satisfies LaneAnswer, buffersOf(reply));
    });
  });
  port.addEventListener('close', () => {
    leave();
    onLost();
  });
  port.start();
}

async function answer(
  request: Exclude<LaneRequest, { kind: 'leave' }>,
  opened: Promise<Lane>,
): Promise<LaneReply> {
  try {
    const lane = await opened;
    switch (request.kind) {
      case 'describe':
        return {
          kind: 'description',
          trainingImages: lane.trainingImages,
          testImages: lane.testImages,
        };
      case 'next':
        return { kind: 'training', batch: await lane.next() };
      case 'evaluation':
        return { kind: 'test', batch: await lane.test(request.from, request.size) };
    }
  } catch (error) {
    return { kind: 'failure', failure: toFailure(error) };
  }
}

function buffersOf(reply: LaneReply): ArrayBuffer[] {
  if (reply.kind !== 'training' && reply.kind !== 'test') return [];
  return [reply.batch.images.buffer, reply.batch.labels.buffer].filter(
    (buffer) => buffer instanceof ArrayBuffer,
  );
}
