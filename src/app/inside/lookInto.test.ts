import { expect, test } from 'vitest';
import type { LookOptions } from '../../client/insideClient.ts';
import { createDeferred } from '../../model/deferred.ts';
import type { GivenNet } from '../../protocol/inside.ts';
import { LookInto, type Asked } from './lookInto.ts';
import type { NetToLookAt } from './netsToLookAt.ts';

const given: GivenNet = {
  model: { family: 'cifar', depth: 20, block: 'plain', shortcut: 'A', width: 4 },
  normalisation: 'per-pixel-mean',
  weights: { kind: 'seed', seed: 1 },
};
const net = (isTraining: boolean, give: NetToLookAt['give'] = () => Promise.resolve(given)): NetToLookAt => ({
  id: 'a',
  name: 'plain-20',
  style: { hue: 'plain', tone: 0, marker: 'circle' },
  model: given.model,
  step: 3,
  from: 'stage',
  isTraining,
  hasNow: true,
  moments: [],
  give,
});

const never = () => Promise.reject(new Error('not asked for'));

function begin(
  isLive = true,
  further: Asked['further'] = () => [],
  joined: Asked['joined'] = (_before, answer) => answer,
) {
  const asked: { options: LookOptions; answer: ReturnType<typeof createDeferred<unknown>> }[] = [];
  let seconds = 0;
  const look = new LookInto(
    {
      look(_view, _nets, _question, options) {
        const answer = createDeferred<unknown>();
        asked.push({ options, answer });
        options.signal?.addEventListener('abort', () => answer.reject(options.signal?.reason));
        return answer.promise;
      },
      momentFile: never,
      exportWeights: never,
    },
    { view: 'signal', question: {}, step: null, isLive, further, joined },
    { seconds: () => seconds },
  );
  return { look, asked, pass: (time: number) => (seconds += time) };
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

test('a first answer is shown as it comes, and a later one takes its place when it is whole', async () => {
  const { look, asked } = begin();
  const first = look.look([net(true)]);
  await settled();
  asked[0]!.options.onProgress?.({ done: 1, total: 2, soFar: 'half' });
  expect(look.now()).toMatchObject({
    state: 'looking',
    progress: { done: 1, total: 2 },
    shown: { answer: 'half' },
  });
  asked[0]!.answer.resolve('whole');
  await first;
  expect(look.now()).toMatchObject({ state: 'there', progress: null, shown: { answer: 'whole' } });
  void look.look([net(true)]);
  await settled();
  asked[1]!.options.onProgress?.({ done: 1, total: 2, soFar: 'half again' });
  expect(look.now().shown?.answer).toBe('whole');
});

test('what is left is told by its own pace, of each look anew', async () => {
  const { look, asked, pass } = begin();
  for (const once of [0, 1]) {
    void look.look([net(false)]);
    await settled();
    const tell = (done: number) => asked[once]!.options.onProgress?.({ done, total: 100, soFar: undefined });
    tell(1);
    expect(look.now().progress).toEqual({ done: 1, total: 100, left: null });
    pass(20);
    tell(11);
    expect(look.now().progress?.left).toBeCloseTo(178);
  }
});

test('what is cancelled leaves nothing behind, and its late answer is not shown', async () => {
  const { look, asked } = begin();
  const looking = look.look([net(false)]);
  await settled();
  asked[0]!.options.onProgress?.({ done: 1, total: 2, soFar: 'half' });
  look.cancel();
  expect(asked[0]!.options.signal?.aborted).toBe(true);
  await looking;
  expect(look.now()).toEqual({ state: 'none', progress: null, shown: null, why: null });
});

test('what is cancelled puts the answer back that was there before, twice in a row and after another was begun', async () => {
  const { look, asked } = begin();
  const first = look.look([net(false)]);
  await settled();
  asked[0]!.answer.resolve('whole');
  await first;
  const there = look.now();
  for (const begun of [1, 2]) {
    const looking: Promise<void>[] = [];
    for (let i = 0; i < begun; i++) {
      looking.push(look.look([net(false)]));
      await settled();
      asked.at(-1)!.options.onProgress?.({ done: 1, total: 2, soFar: 'half' });
    }
    look.cancel();
    await Promise.all(looking);
    expect(look.now()).toEqual(there);
  }
  await look.look([net(false, () => Promise.reject(new Error('its weights are lost')))]);
  void look.look([net(false)]);
  look.cancel();
  expect(look.now()).toEqual(there);
});

test('a failure is told, with what was shown before', async () => {
  const { look, asked } = begin();
  const first = look.look([net(false)]);
  await settled();
  asked[0]!.answer.resolve('whole');
  await first;
  await look.look([net(false, () => Promise.reject(new Error('its weights are lost')))]);
  expect(look.now()).toMatchObject({
    state: 'failed',
    why: 'its weights are lost',
    shown: { answer: 'whole' },
  });
});

test('each net is asked for the further moments that the question needs of it', async () => {
  const { look, asked } = begin(false, ({ id }) => (id === 'a' ? [1, 2] : []));
  const given: [string, number | null, readonly number[] | undefined][] = [];
  const giving = (id: string) => ({
    ...net(false, (_app, step, further) => {
      given.push([id, step, further]);
      return never();
    }),
    id,
  });
  await look.look([giving('a'), giving('b')]);
  expect(given).toEqual([
    ['a', null, [1, 2]],
    ['b', null, []],
  ]);
  expect(asked).toHaveLength(0);
});

test('nets that train are looked into again, at most for a twentieth of the time', async () => {
  const { look, asked, pass } = begin();
  const nets = [net(true)];
  expect(look.againAfter(nets)).toBeNull();
  const looking = look.look(nets);
  await settled();
  pass(3);
  asked[0]!.answer.resolve('whole');
  await looking;
  expect(look.againAfter(nets)).toBe(60);
  expect(look.againAfter([net(false)])).toBeNull();
});

test('what is asked again is joined to what there is, and only what is new of the moments is asked for', async () => {
  const further: unknown[] = [];
  const { look, asked } = begin(
    true,
    ({ id }, before, index) => {
      further.push([id, before, index]);
      return [];
    },
    (before, answer) => `${String(before)} and ${String(answer)}`,
  );
  const nets = [net(true), { ...net(true), id: 'b' }];
  for (const [i, answer] of ['one', 'two', 'three'].entries()) {
    const looking = look.look(nets);
    await settled();
    asked[i]!.answer.resolve(answer);
    await looking;
  }
  expect(look.now().shown?.answer).toBe('one and two and three');
  expect(further).toEqual([
    ['a', null, 0],
    ['b', null, 1],
    ['a', 'one', 0],
    ['b', 'one', 1],
    ['a', 'one and two', 0],
    ['b', 'one and two', 1],
  ]);
  // What is cancelled leaves the answer that there was: the next is joined to that.
  const cancelled = look.look(nets);
  await settled();
  look.cancel();
  await cancelled;
  void look.look(nets);
  await settled();
  expect(further.at(-2)).toEqual(['a', 'one and two and three', 0]);
});
