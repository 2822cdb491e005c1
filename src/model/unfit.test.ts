import { expect, test } from 'vitest';
import { parseExperiment } from './config.ts';
import { decodeExperiment } from './link.ts';
import { roomOf, WASM_HEAP_BYTES } from './room.ts';
import { unfitLanes } from './unfit.ts';

const machine = { processor: true, cores: 2, deviceGibibytes: 8 };
const wasm = roomOf({ ...machine, laneBytes: WASM_HEAP_BYTES });
const one = (depth: number, width: number, batchSize: number) =>
  parseExperiment({
    lanes: [{ id: 'a', name: '', model: { family: 'cifar', depth, width, block: 'basic', shortcut: 'A' } }],
    recipe: { batchSize, steps: 1 },
  });

test('a lane of 64 filters and a batch of 1,024 is refused on WebAssembly, with what it needs and what would fit', () => {
  const { lanes, ...rest } = decodeExperiment('e=1r20x64;n2;b1024;x');
  const [unfit] = unfitLanes({ lanes, ...rest }, wasm);
  expect(unfit).toMatchObject({ lane: lanes[0]!.id, what: 'lane', most: 2 ** 32 });
  // 6.44 GB as the graph predicts, and an eighth more.
  expect(unfit!.bytes / 1e9).toBeCloseTo(7.28, 1);
  const fits = (change: { width?: number; batchSize?: number }) =>
    unfitLanes(one(20, change.width ?? 64, change.batchSize ?? 1024), wasm).length === 0;
  expect(fits({ batchSize: unfit!.batchSize! })).toBe(true);
  expect(fits({ batchSize: unfit!.batchSize! + 1 })).toBe(false);
  expect(fits({ width: unfit!.width! })).toBe(true);
  expect(fits({ width: unfit!.width! + 1 })).toBe(false);
});

test('what would fit with recomputation says what it then needs; what would not, or recomputes already, does not', () => {
  const recomputing = (depth: number, width: number, batchSize: number) => {
    const experiment = one(depth, width, batchSize);
    return { ...experiment, recipe: { ...experiment.recipe, recompute: true } };
  };
  // ResNet-1202 with the paper's batch: 12 GB kept, half a gigabyte of activations recomputed.
  const [unfit] = unfitLanes(one(1202, 16, 128), wasm);
  expect(unfit!.bytes).toBeGreaterThan(13e9);
  expect(unfit!.recomputedBytes).toBeLessThan(1.2e9);
  expect(unfitLanes(recomputing(1202, 16, 128), wasm)).toEqual([]);
  const [wide] = unfitLanes(one(20, 128, 1024), wasm);
  expect(wide!.recomputedBytes).toBeNull();
  const [still] = unfitLanes(recomputing(20, 128, 1024), wasm);
  expect(still).toMatchObject({ what: 'lane', recomputedBytes: null });
  // What would fit is what fits: the largest batch is larger with it.
  expect(still!.batchSize).toBeGreaterThan(wide!.batchSize!);
});

test('elsewhere it is let in: what is not known to be too large is tried', () => {
  expect(unfitLanes(one(20, 64, 1024), roomOf(machine))).toEqual([]);
  expect(unfitLanes(one(20, 16, 128), wasm)).toEqual([]);
});

test('a layer larger than a buffer of the device is refused, however little the lane needs in all', () => {
  const tensorBytes = 128 * 2 ** 20;
  const room = roomOf({ ...machine, processor: false, tensorBytes });
  // 32 x 32 pixels of 32 filters are 128 KiB an image: 1,024 images are 128 MiB.
  expect(unfitLanes(one(8, 32, 1024), room)).toEqual([]);
  expect(unfitLanes(one(8, 33, 1024), room)).toEqual([
    {
      lane: 'a',
      what: 'tensor',
      bytes: 33 * 4096 * 1024,
      most: tensorBytes,
      batchSize: 992,
      width: 32,
      recomputedBytes: null,
    },
  ]);
});

test('where not even one image fits nothing is proposed', () => {
  const [unfit] = unfitLanes(one(20, 1, 1), { laneBytes: 1000, tensorBytes: Infinity });
  expect(unfit).toMatchObject({ batchSize: null, width: null });
});
