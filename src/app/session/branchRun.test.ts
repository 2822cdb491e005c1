import { expect, test, vi } from 'vitest';
import { runOfLane } from '../../model/config.ts';
import { readDraft } from '../state/readDraft.ts';
import { doneRuns } from '../runs/doneRuns.ts';
import { experiment } from '../runs/testing/anyRuns.ts';
import { freshRuns, grown, over, tested } from '../runs/testing/grownRun.ts';
import { canGoOn } from './goingOn.ts';
import { keptSession, momentAt } from './testing/keptSession.ts';

const [first, second] = freshRuns();
const done = over(tested(grown(first, 20), 10));
const lower = { ...first.config!, optimizer: { ...first.config!.optimizer, learningRate: 0.01 } };

test('a branch is a run of its own from that moment on, under its own settings, and its parent stays', async () => {
  const { app, stage, runs, from, state, asked } = keptSession();
  stage([done], { [first.id]: [momentAt(5), momentAt(10, { evaluationDue: true })] });
  await app.branchRun(first.id, 10, lower, 'a branch');
  const [parent, run] = runs();
  expect(parent).toEqual(done);
  expect(run).toMatchObject({
    name: 'a branch',
    step: 10,
    state: 'waiting',
    config: lower,
    created: 42,
    history: [
      { kind: 'branched', step: 10, when: 42, run: first.id, name: first.name, before: first.config },
    ],
    evaluations: [],
  });
  expect(run!.id).not.toBe(first.id);
  expect([...run!.error.values]).toEqual([...done.error.values].slice(0, 10));
  expect(from()).toEqual([[run!.lane, 10, 10]]);
  // The form, and with it the link, says what it is: the net that it comes from, and from which step on another rate.
  const { lanes, recipe } = readDraft(state().draft).experiment!;
  expect(lanes.map(({ id, from, optimizer }) => [id, from, optimizer?.learningRate])).toEqual([
    [first.lane, undefined, undefined],
    ['branch', { lane: first.lane, step: 10, changes: {} }, 0.01],
  ]);
  expect(recipe.steps).toBe(first.config!.steps);
  expect(state().training.experiment!.lanes.map(({ from }) => from)).toEqual(lanes.map(({ from }) => from));
  // What is done is not trained once more.
  expect(asked[0]!.experiment.lanes.map(({ id }) => id)).toEqual(['branch']);
  expect(runOfLane(asked[0]!.experiment, asked[0]!.experiment.lanes[0]!)).toEqual(lower);
});

test('a branch has its beginning for a moment at once, and without it is not begun anew from a seed', async () => {
  const keepCheckpoint = vi.fn();
  const { app, stage, runs, state } = keptSession({ keepCheckpoint });
  stage([done], { [first.id]: [momentAt(10, { evaluationDue: true })] });
  await app.branchRun(first.id, 10, lower, 'a branch');
  const branch = runs()[1];
  expect(keepCheckpoint.mock.calls).toEqual([
    [branch!.id, { step: 10, why: 'ladder', evaluationDue: true, file: new Uint8Array([10]).buffer }],
  ]);
  expect(canGoOn(state(), over(branch!, 'interrupted'))).toBe(false);
  const moments = new Map([[branch!.id, [momentAt(10)]]]);
  expect(canGoOn({ moments }, over(branch!, 'interrupted'))).toBe(true);
});

test('branches of branches have ids of their own', async () => {
  const { app, stage, runs, asked, state } = keptSession();
  stage([done], { [first.id]: [momentAt(10)] });
  await app.branchRun(first.id, 10, lower, 'one');
  const one = runs()[1];
  asked[0]!.tell({ kind: 'run', lane: one!.lane, event: { kind: 'state', state: 'finished', step: 10, reason: 'completed' } }); // prettier-ignore
  app.store.setState(({ moments }) => ({ moments: new Map([...moments, [one!.id, [momentAt(10)]]]) }));
  await app.branchRun(one!.id, 10, lower, 'two');
  const [parent, two] = runs();
  expect(parent!.id).toBe(one!.id);
  expect(new Set([first.id, one!.id, two!.id]).size).toBe(3);
  expect(two!.history.map(({ kind }) => kind)).toEqual(['branched', 'branched']);
  expect(state().archive.kept.map(({ id }) => id)).toEqual([first.id]);
  // The whole line is in the form: what is not on the stage is known by what it was set to.
  expect(state().draft.lanes.map(({ id, from }) => [id, from?.lane, from?.step])).toEqual([
    [first.lane, undefined, undefined],
    ['branch', first.lane, 10],
    ['branch-2', 'branch', 10],
  ]);
});

test('a moment that is not there, or cannot be read, or while something trains: nothing is changed', async () => {
  const { app, stage, runs, asked } = keptSession({
    checkpointOf: () => Promise.reject(new Error('damaged')),
  });
  stage([done], { [first.id]: [momentAt(10)] });
  await app.branchRun(first.id, 7, lower, 'x');
  await expect(app.branchRun(first.id, 10, lower, 'x')).rejects.toThrow('damaged');
  stage([grown(first, 3)], { [first.id]: [momentAt(2)] });
  await app.branchRun(first.id, 2, lower, 'x');
  expect([asked, runs().length]).toEqual([[], 1]);
});

test('a run that is done takes more steps as itself, and the chapter says what was set before', async () => {
  const { app, stage, runs, from } = keptSession();
  stage([done, over(grown(second, 20))], { [first.id]: [momentAt(10), momentAt(20, { why: 'end' })] });
  await app.trainOn(first.id, 50);
  expect(runs()).toHaveLength(1);
  expect(runs()[0]).toMatchObject({
    id: first.id,
    step: 20,
    config: { ...first.config, steps: 50 },
    history: [{ kind: 'continued', step: 20, before: first.config }],
  });
  expect(from()).toEqual([[first.lane, 20, 20]]);
});

test('what another tab trains is not given more steps here', async () => {
  const { app, stage, asked } = keptSession({ claim: () => Promise.resolve(null) });
  stage([done], { [first.id]: [momentAt(20)] });
  await app.trainOn(first.id, 50);
  expect(asked).toEqual([]);
});

test('a branch, or a run with more steps, is no training of its present settings from the start', () => {
  const { stage, state } = keptSession();
  const branched = { kind: 'branched', step: 5, when: 1, run: 'x', name: 'x', before: first.config } as const;
  stage([done]);
  expect([...doneRuns(state(), experiment).keys()]).toEqual([first.lane]);
  stage([{ ...done, history: [branched] }]);
  expect(doneRuns(state(), experiment).size).toBe(0);
  const [lane, other] = experiment.lanes;
  const from = { lane: lane!.id, step: 5, changes: {} };
  const branch = { ...experiment, lanes: [lane!, { ...other!, model: lane!.model, from }] };
  const known = { ...branched, before: runOfLane(experiment, lane!) };
  stage([{ ...done, history: [known] }]);
  // It is what a lane that goes on so would be, and nothing else.
  expect([...doneRuns(state(), branch).keys()]).toEqual([other!.id]);
  stage([{ ...done, history: [{ ...known, step: 6 }] }]);
  expect(doneRuns(state(), branch).size).toBe(0);
  stage([{ ...done, history: [{ kind: 'continued', step: 5, when: 1, before: null }] }]);
  expect(doneRuns(state(), experiment).size).toBe(1);
});
