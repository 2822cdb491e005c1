import { expect, test, vi } from 'vitest';
import { imagesOf } from '../../inside/images.ts';
import { createReferenceOps } from '../../kernels/reference/reference.ts';
import { HelperError } from '../../kernels/wasm/threads/helperError.ts';
import type { Computation } from '../../inside/look.ts';
import type { GivenNet, InsideCommand, InsideMessage } from '../../protocol/inside.ts';
import { PROTOCOL_VERSION } from '../../protocol/protocol.ts';
import { createInsideHandler } from './insideHandler.ts';

const net: GivenNet = {
  model: { family: 'cifar', depth: 8, block: 'plain', shortcut: 'A', width: 1 },
  normalisation: 'per-pixel-mean',
  weights: { kind: 'seed', seed: 1 },
};
const open: Extract<InsideCommand, { kind: 'open' }> = {
  kind: 'open',
  version: PROTOCOL_VERSION,
  device: { backend: 'cpu', threads: 4 },
  url: 'x',
};
const ask = (id: number, nets: readonly GivenNet[] = [net]): InsideCommand => ({
  kind: 'look',
  id,
  view: 'any',
  nets,
  question: { at: id },
});

function begin(compute: Computation<unknown, unknown>, seconds = () => 0) {
  const asked: number[] = [];
  const ops: ReturnType<typeof createReferenceOps> = {
    ...createReferenceOps(),
    useThreads: (threads) => Promise.resolve(void asked.push(threads)),
  };
  const posted: InsideMessage[] = [];
  const handle = createInsideHandler({
    post: (message) => posted.push(message),
    openOps: () => Promise.resolve(ops),
    imagesAt: () => imagesOf(() => Promise.reject(new Error('no images here'))),
    computation: () => Promise.resolve(compute),
    clock: { seconds },
    breathe: () => Promise.resolve(),
  });
  const said = (count: number) => vi.waitFor(() => expect(posted).toHaveLength(count));
  return { handle, posted, said, ops, asked };
}

test('a look is answered, with its progress, and leaves no tensor', async () => {
  const { handle, posted, said, ops } = begin(async ({ nets, tell, turn }, question) => {
    const [one] = nets;
    tell(1, 2, 'half');
    await turn();
    return { question, numbers: one?.parameters.shape, layers: one?.graph.layers.length };
  });
  handle(open);
  handle(ask(7));
  await said(2);
  expect(posted).toEqual([
    { kind: 'progress', id: 7, done: 1, total: 2, soFar: 'half' },
    { kind: 'answer', id: 7, answer: { question: { at: 7 }, numbers: [expect.any(Number)], layers: 16 } },
  ]);
  expect(ops.tensorCount()).toBe(0);
});

test('what is cancelled gets no answer, and what follows gets its own', async () => {
  const { handle, posted, said } = begin(async ({ turn }, question) => {
    await turn();
    return question;
  });
  handle(open);
  handle(ask(1));
  handle(ask(2));
  handle({ kind: 'cancel', id: 1 });
  await said(1);
  expect(posted).toEqual([{ kind: 'answer', id: 2, answer: { at: 2 } }]);
});

test('a net whose file is of another net fails its own look, with the reason', async () => {
  const { handle, posted, said } = begin(() => Promise.resolve('never'));
  handle(open);
  handle(ask(1, [{ ...net, weights: { kind: 'safetensors', file: new ArrayBuffer(4) } }]));
  await said(1);
  expect(posted[0]).toMatchObject({ kind: 'failure', id: 1, failure: { name: 'WeightsError' } });
});

test('a page of another version is told so', async () => {
  const { handle, posted, said } = begin(() => Promise.resolve('never'));
  handle({ ...open, version: 0 as typeof PROTOCOL_VERSION });
  handle(ask(1));
  await said(1);
  expect(posted[0]).toMatchObject({ kind: 'failure', failure: { name: 'ProtocolError' } });
});

/** A look of so many turns, each of which takes a second. */
function slowLook(turns: number) {
  let now = 0;
  const begun = begin(
    async ({ turn }) => {
      for (let i = 0; i < turns; i++) {
        now++;
        await turn();
      }
      return 'done';
    },
    () => now,
  );
  begun.handle(open);
  return begun;
}

test('a look that takes over a second gets all threads; a short one none', async () => {
  const { handle, said, asked } = slowLook(1);
  handle(ask(1));
  await said(1);
  expect(asked).toEqual([]);
  const long = slowLook(3);
  long.handle(ask(1));
  await long.said(1);
  expect(asked).toEqual([]);
  expect(long.asked).toEqual([4, 4]);
});

test('while lanes train it keeps to one thread, and takes the others again afterwards', async () => {
  const { handle, said, asked } = slowLook(3);
  handle({ kind: 'lanes', train: true });
  handle(ask(1));
  await said(1);
  expect(asked).toEqual([1]);
  handle({ kind: 'lanes', train: false });
  handle(ask(2));
  await said(2);
  expect(asked).toEqual([1, 4, 4]);
});

test('a thread that is lost costs its help alone: the look is begun again without it', async () => {
  let times = 0;
  const { handle, said, posted, asked } = begin(() => {
    times++;
    return times === 1 ? Promise.reject(new HelperError('it has ended')) : Promise.resolve('there');
  });
  handle(open);
  handle(ask(1));
  await said(1);
  expect(posted).toEqual([{ kind: 'answer', id: 1, answer: 'there' }]);
  expect(asked).toEqual([1]);
});
