import { describe, expect, test } from 'vitest';
import { parseRun } from '../../model/config.ts';
import { buildGraph } from '../../model/graph.ts';
import { arranged } from '../../model/graphEdits.ts';
import { layoutOf } from '../../model/parameters.ts';
import { measureGraph } from '../../model/shapes.ts';
import type { EditsAsked } from './cut.ts';
import { multiplyAddsOf, planOf } from './plan.ts';

const graphOf = (model: object) => buildGraph(parseRun({ model, steps: 1 }).model);
const plain = graphOf({ depth: 20, block: 'plain' });
const residual = graphOf({ depth: 20 });
const removed = (arrangement: readonly (number | null)[]) =>
  arrangement.flatMap((put, place) => (put === null ? [place] : []));

describe('which edits a study makes', () => {
  test('each: every block that can be removed', () => {
    const ofEach = (graph: typeof plain) =>
      planOf(graph, { study: 'each', again: false }, 0).map(({ at, edit }) => [at, ...removed(edit.arrangement)]); // prettier-ignore
    expect(ofEach(residual)).toEqual([...Array(9).keys()].map((i) => [i, i]));
    expect(ofEach(plain)).toEqual([0, 1, 2, 4, 5, 7, 8].map((i) => [i, i]));
  });

  test('pressed: those of this net that can be removed, together', () => {
    const asked: EditsAsked = { study: 'pressed', again: false, pressed: [[2], [7, 3, 4, 99]] };
    expect(planOf(plain, asked, 1).map(({ edit }) => removed(edit.arrangement))).toEqual([[4, 7]]);
    expect(planOf(residual, asked, 1).map(({ edit }) => removed(edit.arrangement))).toEqual([[3, 4, 7]]);
    expect(planOf(residual, asked, 2)).toEqual([]);
  });

  test('random: 20 different choices of each number, all where there are no more; the same of both nets', () => {
    const plan = planOf(residual, { study: 'random', most: 20 }, 0);
    const counts = [1, 2, 3, 4, 5, 6, 7].map((count) => plan.filter(({ at }) => at === count));
    expect(counts.map(({ length }) => length)).toEqual([7, 20, 20, 20, 20, 7, 1]);
    expect(plan).toHaveLength(95);
    for (const { at, edit } of plan) {
      expect(removed(edit.arrangement)).toHaveLength(at);
      expect(removed(edit.arrangement)).not.toContain(3);
    }
    expect(new Set(plan.map(({ edit }) => removed(edit.arrangement).join())).size).toBe(95);
    expect(planOf(plain, { study: 'random', most: 20 }, 1)).toEqual(plan);
  });

  test('swap: orders that can be made, with their tau; of a net without two blocks alike there are none', () => {
    const plan = planOf(residual, { study: 'swap' }, 0);
    expect(plan).toHaveLength(30);
    const net = { graph: residual, layout: layoutOf(residual) };
    for (const { at, edit } of plan) {
      arranged(net, edit.arrangement);
      expect(at).toBeGreaterThan(-1);
      expect(at).toBeLessThanOrEqual(1);
    }
    expect(planOf(graphOf({ depth: 8 }), { study: 'swap' }, 0)).toEqual([]);
  });

  test('dial: from the net as it is to none of what shortcuts bring; a plain net has none', () => {
    const factors = planOf(residual, { study: 'dial', again: false }, 0).map(({ at, edit }) => {
      expect(edit.shortcuts).toBe(at);
      return at;
    });
    expect([factors[0], factors.at(-1)]).toEqual([0.95, 0]);
    expect(planOf(plain, { study: 'dial', again: false }, 0)).toEqual([]);
  });
});

test('what a study costs counts what edits have in common once', () => {
  const { multiplyAdds, layers } = measureGraph(residual);
  expect(multiplyAddsOf(residual, [])).toBe(multiplyAdds);
  const dial = planOf(residual, { study: 'dial', again: false }, 0);
  const stem = layers[0]!.multiplyAdds;
  expect(multiplyAddsOf(residual, dial)).toBe(multiplyAdds + dial.length * (multiplyAdds - stem));
  const each = multiplyAddsOf(residual, planOf(residual, { study: 'each', again: false }, 0));
  // 9 blocks of about one cost each: 9 + 8 + ... + 1 of 9, where all of it would be 9 passes and one.
  expect(each / multiplyAdds).toBeGreaterThan(5.5);
  expect(each / multiplyAdds).toBeLessThan(6.5);
});
