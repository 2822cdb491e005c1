import { expect, test } from 'vitest';
import { defaultExperiment } from '../../../model/presets.ts';
import type { Chapter, Run } from '../../state/run.ts';
import { prepareRuns } from '../prepareRuns.ts';
import { asTree } from './lineage.ts';
import { wayTexts } from './lineageTexts.ts';

const [first] = prepareRuns(defaultExperiment('cpu'), 1, () => '');
const branch = (of: string, step = 300): Chapter => ({
  kind: 'branched',
  step,
  when: 0,
  run: of,
  name: of,
  before: null,
});
const run = (id: string, created: number | null, ...history: Chapter[]): Run => ({
  ...first!,
  id,
  name: id,
  created,
  history,
});
const tree = (...runs: Run[]) => asTree(runs).map(({ run: { id }, depth }) => `${'-'.repeat(depth)}${id}`);

test('the latest experiment first, its runs in their order though their clocks differ', () => {
  expect(tree(run('1/a', 10), run('1/b', 11), run('2/a', 20), run('2/b', 21))).toEqual([
    '2/a',
    '2/b',
    '1/a',
    '1/b',
  ]);
});

test('branches stand below what they come from, which comes as early as the latest of them', () => {
  expect(
    tree(run('1/a', 10), run('2/a', 20), run('3/a', 30, branch('1/a')), run('4/a', 40, branch('3/a'))),
  ).toEqual(['1/a', '-3/a', '--4/a', '2/a']);
});

test.each([
  ['a parent that is gone', [run('3/a', 3, branch('1/a'))], ['3/a']],
  ['itself', [run('3/a', 3, branch('3/a'))], ['3/a']],
  ['each other', [run('1/a', 1, branch('2/a')), run('2/a', 2, branch('1/a'))], ['1/a', '-2/a']],
  ['nothing known of when', [run('1/a', null), run('recorded/b', null)], ['1/a', 'recorded/b']],
] as const)('no run is lost that comes from %s', (_, runs, expected) => {
  expect(tree(...runs)).toEqual(expected);
});

test('its way says what each step of it changed', () => {
  const config = first!.config!;
  const longer = { ...config, steps: 900 };
  const way = wayTexts({
    ...first!,
    config: { ...longer, seed: 5 },
    history: [
      { kind: 'continued', step: 300, when: 0, before: { ...config, steps: 300 } },
      { kind: 'continued', step: 350, when: 0, before: null },
      { ...branch('plain-56', 400), before: { ...longer, seed: 4 } },
    ],
  });
  expect(way).toEqual([
    'continued at step 300: seed 1 \u2192 4, budget 300 \u2192 900',
    'continued at step 350',
    'branch of plain-56 at step 400: seed 4 \u2192 5',
  ]);
});
