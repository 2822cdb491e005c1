import { expect, test, vi } from 'vitest';
import { imagesOf } from '../../inside/images.ts';
import { createReferenceOps } from '../../kernels/reference/reference.ts';
import type { Computation } from '../../inside/look.ts';
import type { GivenNet, InsideCommand, InsideMessage } from '../../protocol/inside.ts';
import { PROTOCOL_VERSION } from '../../protocol/protocol.ts';
import { createInsideHandler } from './insideHandler.ts';

const net: GivenNet = {
  model: { family: 'cifar', depth: 8, block: 'plain', shortcut: 'A', width: 1 },
  normalisation: 'per-pixel-mean',
  weights: { kind: 'seed', seed: 1 },
};
const open: InsideCommand = { kind: 'open', version: PROTOCOL_VERSION, device: { backend: 'cpu' }, url: 'x' };
const ask = (id: number, nets: readonly GivenNet[] = [net]): InsideCommand => ({
  kind: 'look',
  id,
  view: 'any',
  nets,
  question: { at: id },
});

function begin(compute: Computation<unknown, unknown>) {
  const ops = createReferenceOps();
  const posted: InsideMessage[] = [];
  const handle = createInsideHandler({
    post: (message) => posted.push(message),
    openOps: () => Promise.resolve(ops),
    imagesAt: () => imagesOf(() => Promise.reject(new Error('no images here'))),
    computation: () => Promise.resolve(compute),
    breathe: () => Promise.resolve(),
  });
  const said = (count: number) => vi.waitFor(() => expect(posted).toHaveLength(count));
  return { handle, posted, said, ops };
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
