import { expect, test } from 'vitest';
import { parseExperiment } from '../../model/config.ts';
import { prepareRuns } from '../runs/prepareRuns.ts';
import { panesOf } from './panes.ts';

type Net = readonly [id: string, depth: number, block: string, shortcut?: string];

function sources(nets: readonly Net[], faint = false) {
  const lanes = nets.map(([id, depth, block, shortcut = 'A']) => ({
    id,
    model: { depth, block, shortcut, width: 8 },
  }));
  const experiment = parseExperiment({ lanes, recipe: { steps: 10, batchSize: 8 } });
  return prepareRuns(experiment, 1, () => '').map((run) => ({ id: run.lane, faint, runs: [run] as const }));
}
const panes = (...given: Parameters<typeof panesOf>) =>
  panesOf(...given).map((pane) => pane.map(({ id }) => id));

test('twins share a chart where every net has one', () => {
  const nets: Net[] = [20, 32, 44].flatMap((depth): Net[] => [[`p${depth}`, depth, 'plain'], [`r${depth}`, depth, 'basic']]); // prettier-ignore
  expect(panes(sources(nets))).toEqual([['p20', 'r20'], ['p32', 'r32'], ['p44', 'r44']]); // prettier-ignore
  expect(panes(sources(nets.slice(0, 5)))).toEqual([['p20'], ['r20'], ['p32'], ['r32'], ['p44']]);
});

test('else each lane of the present experiment has one, and what lies behind has none', () => {
  const shortcuts: Net[] = ['A', 'B', 'C'].map((shortcut) => [shortcut.toLowerCase(), 20, 'basic', shortcut]);
  expect(panes([...sources(shortcuts), ...sources([['old', 20, 'plain']], true)])).toEqual([
    ['a'],
    ['b'],
    ['c'],
  ]);
  expect(panes([])).toEqual([]);
});
