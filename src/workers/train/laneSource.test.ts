import { expect, test } from 'vitest';
import { toFailure } from '../../protocol/failure.ts';
import { LaneError } from '../../protocol/laneError.ts';
import { connectLane } from './laneSource.ts';
import type { LaneReply, LaneRequest } from '../../protocol/protocol.ts';

/** A lane whose data worker is a function. */
function connect(answer: (request: LaneRequest) => LaneReply | undefined) {
  const { port1, port2 } = new MessageChannel();
  const asked: LaneRequest[] = [];
  port2.addEventListener('message', ({ data }: MessageEvent<LaneRequest>) => {
    asked.push(data);
    const reply =
      data.kind === 'describe' ? { kind: 'description', trainingImages: 9, testImages: 5 } : answer(data);
    if (reply && data.kind !== 'leave') port2.postMessage({ ...reply, id: data.id });
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
  expect(asked.filter(({ kind }) => kind === 'evaluation')).toMatchObject([
    { from: 0, size: 3 },
    { from: 3, size: 2 },
  ]);
  end();
});

test('the first batch is asked for at once, and from the second on the next one while this one is used; what it ends in is told when it is wanted', async () => {
  let index = -1;
  const { source, asked, end } = connect(() => {
    index++;
    if (index === 3) return { kind: 'failure', failure: toFailure(new RangeError('no shard')) };
    const [images, labels] = [new Float32Array(1), new Uint8Array(1)];
    return { kind: 'training', batch: { images, labels, size: 1, index, epoch: 0, epochAfter: 0 } };
  });
  const lane = await source;
  const requests = async () => {
    await new Promise((resolve) => setTimeout(resolve, 10));
    return asked.filter(({ kind }) => kind === 'next').length;
  };
  expect(await requests()).toBe(1);
  const seen: [number, number][] = [];
  for (let i = 0; i < 3; i++) seen.push([(await lane.next()).index, await requests()]);
  expect(seen).toEqual([
    [0, 1],
    [1, 3],
    [2, 4],
  ]);
  await expect(lane.next()).rejects.toThrow('no shard');
  expect((await lane.next()).index).toBe(4);
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
