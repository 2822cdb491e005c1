import { expect, test } from 'vitest';
import { prepareRuns } from '../prepareRuns.ts';
import { experiment } from '../testing/anyRuns.ts';
import { createRun, type Run } from '../../state/run.ts';
import { introduceRuns, toldApart } from './introduceRun.ts';
import { unknownStyle } from './laneStyles.ts';

const prepare = (ordinal: number, batchSize = 64) =>
  prepareRuns({ ...experiment, recipe: { ...experiment.recipe, batchSize } }, ordinal, () => '');
const looks = (runs: readonly Run[]) => runs.map(({ style }) => JSON.stringify(style));

test('an experiment of another recipe looks like no earlier one, and no two of its runs alike', () => {
  let all: readonly Run[] = [];
  for (let i = 0; i < 6; i++) all = [...all, ...introduceRuns(prepare(i, 16 + i), all)];
  expect(new Set(looks(all)).size).toBe(all.length);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
});

test('a repetition looks like the first, under another name', () => {
  const first = introduceRuns(prepare(1), []);
  const again = introduceRuns(prepare(2), first);
  expect(looks(again)).toEqual(looks(first));
  expect(again.some(({ name }) => first.some((run) => run.name === name))).toBe(false);
});

test('forty runs of unknown nets are forty looks, however many files they came in', () => {
  const unknown = (id: number) => ({
    ...createRun({ id: `${id}`, lane: `${id}`, name: `${id}`, style: unknownStyle, config: null }),
    origin: 'file' as const,
  });
  const first = toldApart([unknown(0), unknown(1)], []);
  const rest = toldApart(Array.from({ length: 38 }, (_, i) => unknown(2 + i)), first); // prettier-ignore
  expect(new Set(looks([...first, ...rest])).size).toBe(40);
  expect(first[0]).toEqual(unknown(0));
});

test('a run out of a file looks like none that is there, its like included', () => {
  const present = prepare(1);
  const imported = present.map((run) => ({ ...run, id: `imported ${run.id}`, origin: 'file' as const }));
  const told = toldApart(imported, present);
  expect(new Set(looks([...present, ...told])).size).toBe(2 * present.length);
  expect(told.map(({ style }) => style.hue)).toEqual(present.map(({ style }) => style.hue));
});

test('another run of a net is named by what differs, and by a number where only its seed does', () => {
  const of = (ordinal: number, recipe: object) =>
    prepareRuns({ ...experiment, recipe: { ...experiment.recipe, ...recipe } }, ordinal, () => '');
  const first = introduceRuns(of(1, { steps: 300 }), []);
  const name = first[0]!.name;
  const longer = introduceRuns(of(2, { steps: 600 }), first);
  expect(longer[0]!.name).toBe(`${name} (600 steps)`);
  const seed = introduceRuns(of(3, { steps: 300, seed: 9 }), first);
  expect(seed[0]!.name).toBe(`${name} (2)`);
  expect(introduceRuns(of(4, { steps: 600, seed: 9 }), [...first, ...longer])[0]!.name).toBe(
    `${name} (600 steps) (2)`,
  );
  expect(introduceRuns(of(5, { steps: 300, batchSize: 48 }), first)[0]!.name).toBe(`${name} (batch 48)`);
});

test('recorded runs take no look and no name from what is trained here', () => {
  const recorded = prepare(1).map((run) => ({
    ...run,
    id: `recorded ${run.id}`,
    origin: 'recorded' as const,
  }));
  expect(looks(introduceRuns(prepare(2), recorded))).toEqual(looks(prepare(2)));
  expect(toldApart(recorded, prepare(2))).toEqual(recorded);
});
