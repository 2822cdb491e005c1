import { expect, test } from 'vitest';
import type { ModelConfig } from '../../model/config.ts';
import { foldings } from './architecture.ts';
import { columnsOf } from './columns.ts';
import { netPlan } from './netPlan.ts';
import { arcsPath, barsOf, barsPath, placeOf, placesOf, unitNear } from './places.ts';

const model = (block: ModelConfig['block'], depth: number): ModelConfig => ({ family: 'cifar', block, depth, shortcut: 'A', width: 16 }); // prettier-ignore
const plans = (...models: readonly ModelConfig[]) => models.map(netPlan);
const twins = (depth: number) => plans(model('plain', depth), model('basic', depth));

test.each([280, 360, 1280, 1920])('%i pixels hold every net, in order and without overlaps', (width) => {
  for (const nets of [
    twins(8),
    twins(56),
    twins(110),
    twins(1202),
    plans(model('plain', 20), model('bottleneck', 164)),
  ])
    for (const equal of foldings) {
      const { stem, columns, head } = columnsOf(nets, width, equal, { section: 2, block: 1 });
      let end = stem.x + stem.width;
      for (const column of columns) {
        expect(column.x).toBeGreaterThanOrEqual(end - 1e-6);
        expect(column.width).toBeGreaterThan(0);
        end = column.x + column.width;
      }
      expect(head.x).toBeGreaterThanOrEqual(end);
      expect(head.x + head.width).toBeLessThanOrEqual(width + 1e-6);
      const blocks = nets.map(({ stages }) => Math.max(...stages.map(({ length }) => length)));
      expect(columns.reduce((sum, { count }) => sum + count, 0)).toBe(3 * Math.max(...blocks));
    }
});

test('twins stand in the same columns, layer below layer', () => {
  const nets = twins(20);
  const columns = columnsOf(nets, 1280, 'fit', null);
  const bars = nets.map((plan) => placesOf(plan, columns).flatMap(barsOf));
  const where = (own: (typeof bars)[number] | undefined) => own?.map(({ unit, x, width, height }) => [unit.name, x, width, height]); // prettier-ignore
  expect(where(bars[0])).toEqual(where(bars[1]));
});

test('110 layers are each drawn where they fit, and folded where they do not', () => {
  const counts = (depth: number, width: number) => columnsOf(twins(depth), width, 'fit', null).columns.map(({ count }) => count); // prettier-ignore
  expect(counts(110, 1280)).toEqual(Array<number>(54).fill(1));
  expect(counts(110, 360)).toEqual([1, 17, 1, 17, 1, 17]);
  expect(counts(1202, 1280)).toEqual([1, 199, 1, 199, 1, 199]);
});

test('the block of the chosen layer always stands alone', () => {
  const counts = (section: number, block: number) =>
    columnsOf(twins(110), 360, 'fit', { section, block }).columns.map(({ section: own, count }) => [
      own,
      count,
    ]);
  expect(counts(2, 7)).toEqual([[1, 1], [1, 17], [2, 1], [2, 6], [2, 1], [2, 10], [3, 1], [3, 17]]); // prettier-ignore
  // Of two or fewer nothing is folded.
  expect(counts(2, 2).filter(([own]) => own === 2).map(([, count]) => count)).toEqual([1, 1, 1, 15]); // prettier-ignore
});

test('a shallower net has its own number of blocks in a folded column, and none where it ends', () => {
  const nets = plans(model('plain', 20), model('plain', 110));
  const columns = columnsOf(nets, 360, 'folded', { section: 3, block: 10 });
  const [short, long] = nets.map((plan) => placesOf(plan, columns));
  expect(short!.map(({ blocks }) => blocks.length)).toEqual([1, 1, 2, 1, 2, 1, 2, 1]);
  expect(long!.map(({ blocks }) => blocks.length)).toEqual([1, 1, 17, 1, 17, 1, 9, 1, 7, 1]);
  expect(placeOf(short!, { section: 3, block: 10 })).toBeUndefined();
  expect(placeOf(long!, { section: 3, block: 10 })?.blocks).toHaveLength(1);
});

test('what is pointed at is the layer whose bar is there', () => {
  for (const depth of [20, 110]) {
    const [plan] = plans(model('basic', depth));
    const places = placesOf(plan!, columnsOf([plan!], 1280, 'open', null));
    for (const { unit, x, width } of places.flatMap(barsOf))
      expect(unitNear(places, x + width / 2)?.name).toBe(unit.name);
  }
  const [plan] = plans(model('basic', 1202));
  const places = placesOf(plan!, columnsOf([plan!], 1280, 'folded', null));
  const folded = places.find(({ blocks }) => blocks.length > 1)!;
  expect(unitNear(places, folded.x + 0.1)?.name).toBe('layer1.1.conv1');
  expect(unitNear(places, folded.x + 0.89 * folded.width)?.block).toBeGreaterThan(180);
  expect([unitNear(places, -5)?.name, unitNear(places, 5000)?.name]).toEqual(['conv1', 'linear']);
});

test('600 blocks are a few paths', () => {
  const [plan] = plans(model('basic', 1202));
  const places = placesOf(plan!, columnsOf([plan!], 1280, 'open', null));
  expect(places).toHaveLength(602);
  for (const path of [barsPath(places, 0), barsPath(places, 1), arcsPath(places)]) {
    expect(path).not.toMatch(/NaN|undefined|Infinity/);
    expect(path.length).toBeLessThan(100_000);
  }
});
