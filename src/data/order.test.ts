import fc from 'fast-check';
import { expect, test } from 'vitest';
import { epochOrder, shardOrder, shardStarts } from './order.ts';

const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 8 });
const range = (length: number) => Array.from({ length }, (_, i) => i);
const total = (counts: readonly number[]) => counts.reduce((sum, n) => sum + n, 0);

test('every image is used exactly once an epoch', () => {
  const order = fc.constantFrom('shuffled' as const, 'sequential' as const);
  fc.assert(
    fc.property(fc.nat(), order, fc.nat({ max: 5 }), sizes, (seed, kind, epoch, counts) => {
      const images = [...epochOrder({ seed, order: kind }, epoch, counts)];
      expect(images.sort((a, b) => a - b)).toEqual(range(total(counts)));
    }),
  );
});

test('the first epoch takes shard after shard, in the order in which they are loaded', () => {
  fc.assert(
    fc.property(fc.nat(), sizes, (seed, counts) => {
      const settings = { seed, order: 'shuffled' } as const;
      const starts = shardStarts(counts);
      const images = [...epochOrder(settings, 0, counts)];
      let from = 0;
      for (const shard of shardOrder(settings, counts.length)) {
        const of = images.slice(from, (from += counts[shard]!)).sort((a, b) => a - b);
        expect(of).toEqual(range(counts[shard]!).map((i) => starts[shard]! + i));
      }
    }),
  );
});

test('the same seed gives the same orders, another seed or epoch others', () => {
  const counts = [40, 40, 20];
  const of = (seed: number, epoch: number) => [...epochOrder({ seed, order: 'shuffled' }, epoch, counts)];
  for (const epoch of [0, 1, 2]) {
    expect(of(3, epoch)).toEqual(of(3, epoch));
    expect(of(3, epoch)).not.toEqual(of(4, epoch));
    expect(of(3, epoch)).not.toEqual(of(3, epoch + 1));
    expect(of(3, epoch)).not.toEqual(range(100));
  }
});

test('from the second epoch on, images of all shards are mixed', () => {
  const first = epochOrder({ seed: 1, order: 'shuffled' }, 1, [500, 500]).subarray(0, 500);
  const ofFirstShard = first.filter((image) => image < 500).length;
  // Hypergeometric: 250 expected, deviation 8.
  expect(Math.abs(ofFirstShard - 250)).toBeLessThan(40);
});

test('sequential is file order, for loading too', () => {
  const settings = { seed: 9, order: 'sequential' } as const;
  expect([...epochOrder(settings, 0, [2, 3])]).toEqual(range(5));
  expect([...epochOrder(settings, 4, [2, 3])]).toEqual(range(5));
  expect([...shardOrder(settings, 4)]).toEqual(range(4));
});
