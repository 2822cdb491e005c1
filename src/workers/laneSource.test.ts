import { expect, test } from 'vitest';
import { toFailure } from '../training/failure.ts';
import { connectLane, LaneError } from './laneSource.ts';
import type { LaneAnswer, LaneRequest } from './protocol.ts';

/** A lane whose data worker is a function. */
function connect(answer: (request: LaneRequest) => LaneAnswer | undefined) {
  const { port1, port2 } = new MessageChannel();
  const asked: LaneRequest[] = [];
  port2.addEventListener('message', ({ data }: MessageEvent<LaneRequest>) => {
    asked.push(data);
    const reply =
      data.kind === 'describe' ? { kind: 'description', trainingImages: 9, testImages: 5 } : answer(data);
    if (reply) port2.postMessage(reply);
  });
  port2.start();
  return { source: connectLane(port1), asked, end: () => port2.close() };
}

test('an error comes over whole: name, message, stack and the chain of causes', async () => {
  const cause = new TypeError('offline');
  const error = new RangeError('no such image', { cause: new Error('in between', { cause }) });
  const { source, end } = connect(() => ({ kind: 'failure', failure: toFailure(error) }));
  const rebuilt: unknown = await (await source).next().catch((reason: unknown) => reason);
  expect(rebuilt).toBeInstanceOf(Error);
  expect(rebuilt).toMatchObject({ name: 'RangeError', message: 'no such image', stack: error.stack });
  expect(rebuilt).toMatchObject({ cause: { message: 'in between', cause: { name: 'TypeError' } } });
  expect(toFailure(rebuilt)).toEqual(toFailure(error));
  end();
});

test('an evaluation asks for no more than there is', async () => {
  const { source, asked, end } = connect((request) =>
    request.kind === 'evaluation'
      ? {
          kind: 'test',
          batch: { images: new Float32Array(1), labels: new Uint8Array(1), size: request.size },
        }
      : undefined,
  );
  const sizes: number[] = [];
  for await (const { size } of (await source).evaluation(1000, 3)) sizes.push(size);
  expect(sizes).toEqual([3, 2]);
  expect(asked.slice(1)).toEqual([
    { kind: 'evaluation', from: 0, size: 3 },
    { kind: 'evaluation', from: 3, size: 2 },
  ]);
  end();
});

test('an answer to something else is an error', async () => {
  const { source, end } = connect(() => ({ kind: 'description', trainingImages: 1, testImages: 1 }));
  const lane = await source;
  await expect(lane.next()).rejects.toThrow(LaneError);
  end();
});

test('when the data worker ends, who waits and who asks later is told', async () => {
  const { source, end } = connect(() => undefined);
  const lane = await source;
  const waiting = lane.next();
  end();
  await expect(waiting).rejects.toThrow(LaneError);
  await expect(lane.next()).rejects.toThrow(/has ended/);
});
