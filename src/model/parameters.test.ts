import { describe, expect, it } from 'vitest';
import { parseRun } from './config.ts';
import { buildGraph } from './graph.ts';
import {
  initialParameters,
  initialStatistics,
  layoutOf,
  namedTensors,
  SLOT_ALIGNMENT,
} from './parameters.ts';
import { createRandom } from './random.ts';

function netOf(model: object) {
  const graph = buildGraph(parseRun({ model, steps: 1 }).model);
  const layout = layoutOf(graph);
  const weights = (seed: number) => initialParameters(graph, layout, createRandom(seed).fork('weights'));
  return { graph, layout, weights };
}

describe('the layout', () => {
  it('places slots one after the other, aligned, without overlap', () => {
    const { layout } = netOf({ depth: 20, shortcut: 'B', width: 5 });
    let end = 0;
    for (const slot of layout.trainable) {
      expect(slot.offset % SLOT_ALIGNMENT).toBe(0);
      expect(slot.offset).toBeGreaterThanOrEqual(end);
      end = slot.offset + slot.size;
    }
    expect(layout.trainableLength).toBeGreaterThanOrEqual(end);
  });

  it("gives PyTorch's names and shapes", () => {
    const { graph, layout } = netOf({ depth: 8, shortcut: 'B' });
    const shapes = new Map(
      [...layout.trainable, ...layout.statistics].flatMap((slot) =>
        namedTensors(graph, slot).map(({ name, shape }) => [name, shape.join()]),
      ),
    );
    expect(shapes.get('conv1.weight')).toBe('16,3,3,3');
    expect(shapes.get('layer2.0.conv1.weight')).toBe('32,16,3,3');
    expect(shapes.get('layer2.0.shortcut.0.weight')).toBe('32,16,1,1');
    expect(shapes.get('layer2.0.shortcut.1.running_var')).toBe('32');
    expect(shapes.get('linear.weight')).toBe('10,64');
    expect(shapes.get('linear.bias')).toBe('10');
  });
});

describe('initial weights', () => {
  it('are byte-identical for plain and residual twins of one seed (option A), and others for another seed', () => {
    const [plain, residual] = [netOf({ depth: 20, block: 'plain' }), netOf({ depth: 20 })];
    expect(residual.weights(1)).toEqual(plain.weights(1));
    expect(residual.weights(2)).not.toEqual(plain.weights(1));
  });

  it('are shared by nets of different depth where names and shapes agree', () => {
    const tensors = ({ weights, layout, graph }: ReturnType<typeof netOf>) => {
      const values = weights(1);
      return new Map(
        layout.trainable.map(({ layer, role, offset, size }) => [
          `${graph.layers[layer]!.name} ${role} ${size}`,
          values.subarray(offset, offset + size),
        ]),
      );
    };
    const [shallow, deep] = [tensors(netOf({ depth: 20 })), tensors(netOf({ depth: 56 }))];
    const shared = [...shallow].filter(([name]) => deep.has(name));
    expect(shared).toHaveLength(shallow.size);
    expect(shared.map(([name]) => deep.get(name))).toEqual(shared.map(([, values]) => values));
  });

  it("have He's deviation sqrt(2 / fan-in), within 3%", () => {
    const { layout, weights } = netOf({ depth: 20 });
    const last = layout.trainable.filter(({ role }) => role === 'filter').at(-1)!;
    const values = weights(1).subarray(last.offset, last.offset + last.size);
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
    expect(deviation / Math.sqrt(2 / (9 * 64))).toBeCloseTo(1, 1.5);
  });

  it('start batch norm as the identity and its statistics at mean 0, variance 1', () => {
    const { layout, weights } = netOf({ depth: 8 });
    const affine = layout.trainable.find(({ role }) => role === 'affine')!;
    const values = weights(1).subarray(affine.offset, affine.offset + affine.size);
    expect([...values]).toEqual([...Array<number>(16).fill(1), ...Array<number>(16).fill(0)]);
    expect([...initialStatistics(layout).subarray(0, 32)]).toEqual([
      ...Array<number>(16).fill(0),
      ...Array<number>(16).fill(1),
    ]);
  });
});
