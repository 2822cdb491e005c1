import * as v from 'valibot';
import { expect, test } from 'vitest';
import { LookCancelled } from '../../inside/look.ts';
import { LookedNet } from '../../inside/lookedNet.ts';
import { anyImages, anyWeights, modelOf } from '../../inside/testing/smallNet.ts';
import { createReferenceOps } from '../../kernels/reference/reference.ts';
import { computeCut } from './compute.ts';
import {
  askedOf,
  cutAnswer,
  cutAsked,
  cutQuestion,
  studies,
  type CutAsked,
  type EditsAnswer,
} from './cut.ts';

const ops = createReferenceOps();
const images = anyImages(6);
const nets = ['basic', 'plain'].map((block) => {
  const model = modelOf({ depth: 14, block, width: 1 });
  return new LookedNet(ops, model, 'per-pixel-mean', anyWeights(model, block));
});

async function look(asked: CutAsked, turn = () => Promise.resolve()) {
  const told: { done: number; total: number; soFar: unknown }[] = [];
  const tell = (done: number, total: number, soFar?: unknown) => told.push({ done, total, soFar });
  const answer = editsOf(await computeCut({ ops, nets, images, turn, tell }, asked));
  return { answer, told };
}

function editsOf(given: unknown): EditsAnswer {
  const answer = v.parse(cutAnswer, given);
  if (answer.kind !== 'edits') throw new Error('edits were asked for');
  return answer;
}

/** Share that one net errs without these blocks, by a look of its own. */
async function errorWithout(net: number, block: number) {
  const pressed = nets.map((_, i) => (i === net ? [block] : []));
  return (await look({ study: 'pressed', again: true, pressed })).answer.nets[net]!.edits[0]!;
}

test('each block in turn is removed alone, with its own statistics, and what is there is told on the way', async () => {
  const { answer, told } = await look({ study: 'each', again: true });
  expect(answer.images).toBe(6);
  expect(answer.nets.map(({ edits }) => edits.map(({ at }) => at))).toEqual([[0, 1, 2, 3, 4, 5], [0, 1, 3, 5]]); // prettier-ignore
  for (const [net, block] of [
    [0, 2],
    [0, 5],
    [1, 3],
  ] as const) {
    // prettier-ignore
    const { error, again } = answer.nets[net]!.edits.find(({ at }) => at === block)!;
    expect(await errorWithout(net, block)).toEqual({ at: 1, error, again });
  }
  // 7 and 5 passes for the errors, for the statistics, and for the errors with these.
  expect(told.at(-1)).toMatchObject({ done: 36, total: 36 });
  const first = editsOf(told.find(({ soFar }) => soFar !== undefined)!.soFar);
  expect(first.nets[0]!.edits.map(({ error }) => error)).toEqual(answer.nets[0]!.edits.map(({ error }) => error)); // prettier-ignore
  expect(first.nets[0]!.again).toBeNull();
});

test.each(studies.filter((study) => study !== 'paths'))(
  '%s: its question is read, it is answered, and leaves nothing, cancelled or not',
  async (study) => {
    const question = v.parse(cutQuestion, { study, again: true, most: 2, pressed: [[1, 4], []] });
    const asked = v.parse(cutAsked, askedOf(question));
    // The nets' own numbers come when they are first asked for, and stay.
    for (const { parameters, statistics } of nets) expect(parameters).not.toBe(statistics);
    const before = ops.tensorCount();
    const { answer } = await look(asked);
    expect(answer.nets).toHaveLength(2);
    for (const { edits, error, again } of answer.nets) {
      for (const one of [error, ...edits.map((edit) => edit.error)]) expect(one).toBeLessThanOrEqual(1);
      expect(again === null).toBe(!('again' in asked));
    }
    expect(ops.tensorCount()).toBe(before);
    let turns = 0;
    const cancelling = () => (++turns > 2 ? Promise.reject(new LookCancelled()) : Promise.resolve());
    await expect(look(asked, cancelling)).rejects.toThrow(LookCancelled);
    expect(ops.tensorCount()).toBe(before);
  },
);
