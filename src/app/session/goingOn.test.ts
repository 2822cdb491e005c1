import { expect, test } from 'vitest';
import { experiment } from '../runs/testing/anyRuns.ts';
import { freshRuns, grown, over } from '../runs/testing/grownRun.ts';
import { emptyArchive } from '../runs/runArchive.ts';
import type { Moments } from '../state/keeping.ts';
import type { Run } from '../state/run.ts';
import { noTraining } from '../state/training.ts';
import { canGoOn, lastMoment, soundMoment } from './goingOn.ts';
import { experimentOfRuns, interruptedRuns, withThoseBeside } from './experimentOfRuns.ts'; // prettier-ignore
import { momentAt } from './testing/keptSession.ts';

const [first, second] = freshRuns();
const [later] = freshRuns(2);
const moments: Moments = new Map([[first.id, [0, 5, 10].map((step) => momentAt(step))]]);
const kept = (runs: readonly Run[], library: readonly Run[] = []) => ({
  training: { ...noTraining, runs },
  archive: emptyArchive,
  library,
  moments,
});

test('the moment to go on from is the last that its points reach', () => {
  expect(lastMoment({ moments }, grown(first, 9))?.step).toBe(5);
  expect(lastMoment({ moments }, grown(first, 10))?.step).toBe(10);
  expect(lastMoment({ moments }, grown(second, 9))).toBeNull();
});

test('of a net that diverged the last moment before that is sound', () => {
  const diverged = over(grown(first, 10), 'diverged', 10);
  expect(soundMoment({ moments }, diverged)?.step).toBe(5);
  expect(soundMoment({ moments }, over(grown(first, 11), 'diverged', 11))?.step).toBe(10);
});

test.each<readonly [string, boolean, Run]>([
  ['interrupted', true, over(grown(first, 9), 'interrupted')],
  ['stopped', true, over(grown(first, 9), 'stopped')],
  ['failed', true, over(grown(first, 9), 'error')],
  ['from its seed, without a moment', true, over(grown(second, 9), 'interrupted')],
  ['from a file, without a moment', false, { ...over(grown(second, 9), 'interrupted'), startedFrom: 'x' }],
  ['done', false, over(grown(first, 9))],
  ['diverged', false, over(grown(first, 9), 'diverged', 9)],
  ['training', false, grown(first, 9)],
  ['of a file', false, { ...over(grown(first, 9), 'interrupted'), origin: 'file' }],
  ['of unknown settings', false, { ...over(grown(first, 9), 'interrupted'), config: null }],
])('whether a run can be gone on with: %s', (_, can, run) => {
  expect(canGoOn({ moments }, run)).toBe(can);
});

test('those that were interrupted together last are offered together', () => {
  const two = [over(grown(first, 9), 'interrupted'), over(grown(second, 9), 'interrupted')];
  const old = over(grown(later, 3), 'interrupted');
  expect(interruptedRuns(kept(two, [old])).map(({ id }) => id)).toEqual([first.id, second.id]);
  expect(interruptedRuns(kept([over(grown(first, 9))]))).toEqual([]);
  expect(withThoseBeside(kept([over(grown(second, 9))], [two[0]!, old]), [two[0]!]).map(({ id }) => id)).toEqual([first.id, second.id]); // prettier-ignore
});

test('runs of one recipe and of lanes of their own are an experiment; others are none', () => {
  const found = experimentOfRuns([first, second]);
  expect(found?.lanes.map(({ id, model }) => [id, model])).toEqual(experiment.lanes.map(({ id, model }) => [id, model])); // prettier-ignore
  expect(found?.recipe).toEqual(experiment.recipe);
  expect(experimentOfRuns([first, later])).toBeNull();
  expect(experimentOfRuns([first, { ...second, config: { ...second.config!, batchSize: 8 } }])).toBeNull();
  expect(experimentOfRuns([first, { ...second, config: null }])).toBeNull();
  const adam = { ...second.config!.optimizer, type: 'adam' } as const;
  const own = experimentOfRuns([first, { ...second, config: { ...second.config!, optimizer: adam } }]);
  expect(own?.lanes.map(({ optimizer }) => optimizer?.type)).toEqual([undefined, 'adam']);
  const warmUp = { learningRate: 0.01, untilError: 0.8 };
  const warm = (run: Run) => ({ ...run, config: { ...run.config!, schedule: { ...run.config!.schedule, warmUp } } }); // prettier-ignore
  for (const runs of [
    [warm(first), second],
    [first, warm(second)],
  ] as const) {
    const mixed = experimentOfRuns(runs);
    expect(mixed?.recipe).toEqual(experiment.recipe);
    expect(mixed?.lanes.map((lane) => lane.warmUp)).toEqual(runs.map((run) => run.config!.schedule.warmUp));
  }
  const other = { learningRate: 0.02, steps: 9 };
  const hotter = (run: Run) => ({ ...run, config: { ...run.config!, schedule: { ...run.config!.schedule, warmUp: other } } }); // prettier-ignore
  const two = experimentOfRuns([warm(first), hotter(second)]);
  expect([two?.recipe.schedule.warmUp, two?.lanes.map((lane) => lane.warmUp)]).toEqual([warmUp, [undefined, other]]); // prettier-ignore
  const both = experimentOfRuns([warm(first), warm(second)]);
  expect([both?.recipe.schedule.warmUp, both?.lanes.map((lane) => lane.warmUp)]).toEqual([warmUp, [undefined, undefined]]); // prettier-ignore
});
