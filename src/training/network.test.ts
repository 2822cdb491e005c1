/** The net with its training pass cut into segments, on the float64 reference. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normals } from '../../test/finiteDifferences.ts';
import { createReferenceOps } from '../kernels/reference/reference.ts';
import { parseRun } from '../model/config.ts';
import { buildGraph, type Graph } from '../model/graph.ts';
import { initialParameters, layoutOf } from '../model/parameters.ts';
import { ONE_SEGMENT, type Segments } from '../model/passes.ts';
import { createRandom } from '../model/random.ts';
import { segmentsOf } from '../model/recomputation.ts';
import { measureGraph } from '../model/shapes.ts';
import { Network } from './network.ts';

const nets = {
  plain: { depth: 8, block: 'plain', width: 1 },
  'option A': { depth: 8, width: 1 },
  'option B': { depth: 8, width: 1, shortcut: 'B' },
  'option C': { depth: 8, width: 1, shortcut: 'C' },
  bottleneck: { depth: 11, width: 1, block: 'bottleneck', shortcut: 'B' },
};
const graphOf = (model: object): Graph => buildGraph(parseRun({ model, steps: 1 }).model);
const labels = Uint8Array.of(3, 7);

/** Loss, gradient and moments of two images, smaller than CIFAR's; and how many tensors were left over. */
async function pass(graph: Graph, segments: Segments, nudged?: { at: number; by: number }) {
  const ops = createReferenceOps();
  const layout = layoutOf(graph);
  const random = createRandom('network');
  const values = Float64Array.from(initialParameters(graph, layout, random));
  if (nudged) values[nudged.at]! += nudged.by;
  const parameters = ops.upload(values, [layout.trainableLength]);
  const images = ops.upload(normals(random, [2, 8, 8, 3]), [2, 8, 8, 3]);
  const before = ops.tensorCount();
  const network = new Network(ops, graph, layout, segments);
  const { metrics, gradient, moments } = network.gradients(parameters, images, labels, 0.1);
  const left = ops.tensorCount() - before;
  const downloaded = [metrics, gradient, moments].map((tensor) => ops.download(tensor));
  const [told, flat, ofBatch] = await Promise.all(downloaded);
  return { loss: told![0]!, gradient: flat!, moments: ofBatch!, left };
}

describe.each(Object.entries(nets))('%s', (_, model) => {
  const graph = graphOf(model);
  const planned = segmentsOf(graph, measureGraph(graph));

  test('cut anywhere, it gives the same loss, gradient and moments, to the last bit, and leaves nothing', async () => {
    const whole = await pass(graph, ONE_SEGMENT);
    expect(whole.left).toBe(3);
    expect(await pass(graph, planned)).toEqual(whole);
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: graph.layers.length - 1 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(cuts, async (at) => {
        expect(await pass(graph, [0, ...at.sort((a, b) => a - b)])).toEqual(whole);
      }),
      { numRuns: 6 },
    );
  });

  test('with recomputation the gradient is that of finite differences, within 1e-4', async () => {
    const { gradient } = await pass(graph, planned);
    const random = createRandom('nudges');
    const by = 1e-6;
    for (const slot of layoutOf(graph).trainable.filter((__, i) => i % 3 === 0)) {
      const at = slot.offset + random.integer(slot.size);
      const [above, below] = await Promise.all(
        [by, -by].map((nudge) => pass(graph, planned, { at, by: nudge })),
      );
      const difference = (above!.loss - below!.loss) / (2 * by);
      expect(Math.abs(gradient[at]! - difference)).toBeLessThan(1e-4 * Math.max(1, Math.abs(difference)));
    }
  });
});
