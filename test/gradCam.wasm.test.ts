/** What the views of heat and of paths compute on WASM: what the float64 reference does with the same weights. */
import { expect, test } from 'vitest';
import { LookedNet } from '../src/inside/lookedNet.ts';
import { lookAt } from '../src/inside/testing/look.ts';
import { modelOf } from '../src/inside/testing/smallNet.ts';
import { computePaths } from '../src/views/cut/computePaths.ts';
import { computeGradCam } from '../src/views/gradCam/compute.ts';
import type { GradCamAsked } from '../src/views/gradCam/gradCam.ts';
import { createNodeOps } from './backends.ts';

/** Float32 against float64, as a share of the largest value. */
const TOLERANCE = 1e-4;

test(`heat, maps and paths are those of the reference, within ${TOLERANCE}, and leave nothing`, async () => {
  const models = [modelOf({ depth: 14, width: 8 }), modelOf({ depth: 8, block: 'plain', width: 4 })];
  const reference = lookAt(models, 6);
  const ops = await createNodeOps('wasm');
  const nets = reference.nets.map(({ model, normalisation, weights }) => new LookedNet(ops, model, normalisation, weights)); // prettier-ignore
  for (const { parameters, statistics } of nets) expect(parameters).not.toBe(statistics);
  const before = ops.tensorCount();
  const look = { ...reference.look, ops, nets };
  const near = (found: ArrayLike<number>, expected: ArrayLike<number>) => {
    const largest = Math.max(...Array.from(expected, Math.abs));
    expect(largest).toBeGreaterThan(0);
    expect(found).toHaveLength(expected.length);
    for (let i = 0; i < expected.length; i++)
      expect(Math.abs(found[i]! - expected[i]!)).toBeLessThan(TOLERANCE * largest);
  };
  for (const layer of ['layer1.0.conv2', 'stage 2', null]) {
    // A class that is given: where two logits are equal but for rounding, answers may differ.
    const asked: GradCamAsked = { what: 'gradCam', picture: null, image: 0, layer, target: 'label' };
    const [found, expected] = [
      await computeGradCam(look, asked),
      await computeGradCam(reference.look, asked),
    ];
    if (found.kind !== 'gradCam' || expected.kind !== 'gradCam') throw new Error('heat was asked for');
    // All pictures of a net together: heat of one may be zero.
    const all = ({ nets: own }: typeof found, n: number) =>
      own[n]!.heats.flatMap(({ values }) => [...values]);
    for (const n of [0, 1]) near(all(found, n), all(expected, n));
    const maps: GradCamAsked = { what: 'maps', picture: null, image: 0, layer };
    const [shown, wanted] = [await computeGradCam(look, maps), await computeGradCam(reference.look, maps)];
    if (shown.kind !== 'maps' || wanted.kind !== 'maps') throw new Error('maps were asked for');
    for (const n of [0, 1]) near(shown.nets[n]!.values, wanted.nets[n]!.values);
  }
  const [paths, every] = [await computePaths(look), await computePaths(reference.look)];
  for (const [i, { length, gradient }] of every.nets[0]!.lengths.entries()) {
    expect(paths.nets[0]!.lengths[i]!.length).toBe(length);
    expect(Math.abs(paths.nets[0]!.lengths[i]!.gradient / gradient - 1)).toBeLessThan(TOLERANCE);
  }
  expect(paths.nets[1]).toBeNull();
  expect(ops.tensorCount()).toBe(before);
});
