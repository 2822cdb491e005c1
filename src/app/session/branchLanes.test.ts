import { expect, test, vi } from 'vitest';
import { parseExperiment } from '../../model/config.ts';
import { freshRuns, grown, over } from '../runs/testing/grownRun.ts';
import { createRun, type Run } from '../state/run.ts';
import { isUnbegun, keepAtOf, waitingForOthers, withoutNeeded } from './branchLanes.ts';
import { keptSession, momentAt } from './testing/keptSession.ts';

const [plain] = freshRuns();
const net = { depth: 20, block: 'plain', width: 2 };
const experiment = parseExperiment({
  lanes: [
    { id: 'parent', model: net },
    { id: 'child', model: { ...net, block: 'basic' }, from: { lane: 'parent', step: 5 } },
    { id: 'grandchild', model: net, from: { lane: 'child', step: 7 } },
    { id: 'other', model: net, from: { lane: 'parent', step: 8 } },
  ],
  recipe: { steps: 20 },
});
const runOf = (lane: string): Run =>
  createRun({ id: `1/${lane}`, lane, name: lane, style: plain.style, config: plain.config });
const runs = experiment.lanes.map(({ id }) => runOf(id));

test('lanes that go on from another one wait, and say from which run after which step they will have come', () => {
  const waiting = waitingForOthers(runs, experiment, 42);
  expect(
    waiting.map(({ state, history }) => [
      state,
      ...history.map(({ step, ...chapter }) => `${'run' in chapter ? chapter.run : ''} ${step}`),
    ]),
  ).toEqual([
    ['waiting'],
    ['queued', '1/parent 5'],
    ['queued', '1/parent 5', '1/child 7'],
    ['queued', '1/parent 8'],
  ]);
  expect(isUnbegun({ moments: new Map() }, waiting[1]!)).toBe(true);
  expect(isUnbegun({ moments: new Map() }, waiting[0]!)).toBe(false);
  expect(isUnbegun({ moments: new Map([['1/child', [momentAt(5)]]]) }, { ...waiting[1]!, step: 5 })).toBe(
    false,
  );
  // What is over stays as it is.
  expect(
    waitingForOthers(
      runs.map((run) => over(run)),
      experiment,
      42,
    ),
  ).toEqual(runs.map((run) => over(run)));
});

test('a lane is kept where others wait for it', () => {
  const waits = (...ids: string[]) => ({
    awaiting: new Map(ids.map((id) => [id, 'waits' as const])),
    checkpoints: new Map(),
    tellAll: () => undefined,
  });
  expect([...keepAtOf(experiment, waits('child', 'grandchild', 'other'))]).toEqual([
    ['parent', [5, 8]],
    ['child', [7]],
  ]);
  expect([...keepAtOf(experiment, waits())]).toEqual([]);
});

test('what is done is trained again only where others need a moment of it that is not kept', () => {
  const done = (...ids: string[]) => new Map(ids.map((id) => [id, runOf(id)]));
  const left = (moments: readonly number[], ...ids: string[]) => [
    ...withoutNeeded(
      { moments: new Map([['1/parent', moments.map((step) => momentAt(step))]]) },
      experiment,
      done(...ids),
    ).keys(),
  ];
  expect(left([5, 8], 'parent')).toEqual(['parent']);
  expect(left([5], 'parent')).toEqual([]);
  expect(left([5], 'parent', 'other', 'child', 'grandchild')).toEqual([
    'parent',
    'other',
    'child',
    'grandchild',
  ]);
  // The child is trained again for its own child, and needs its parent for it.
  expect(left([8], 'parent', 'other', 'child')).toEqual(['other']);
  expect(left([5, 8], 'parent', 'other', 'child')).toEqual(['parent', 'other']);
});

test('interrupted before its step, the lane goes on, and what waits for it waits again', async () => {
  const { app, state, from, asked } = keptSession();
  const waiting = waitingForOthers(runs.slice(0, 2), experiment, 42);
  const [parent, child] = waiting.map((run) => over(run, 'interrupted'));
  const two = { ...experiment, lanes: experiment.lanes.slice(0, 2) };
  const begun = over(grown(waiting[0]!, 4), 'interrupted');
  app.store.setState(({ training }) => ({
    training: { ...training, experiment: two, runs: [begun, child!] },
    moments: new Map([[parent!.id, [momentAt(2)]]]),
  }));
  await app.continueRuns();
  expect(state().training.runs.map(({ lane, step, state: is }) => [lane, step, is])).toEqual([
    ['parent', 2, 'waiting'],
    ['child', 0, 'queued'],
  ]);
  expect(from()).toEqual([['parent', 2, 2]]);
  expect(asked[0]!.experiment.lanes.map(({ id }) => id)).toEqual(['parent']);
  expect([...asked[0]!.options.keepAt!]).toEqual([['parent', [5]]]);
});

test('a net that is over before that step ends those that wait for it, with the reason; a moment that is damaged ends one', async () => {
  const { app, state, asked } = keptSession();
  app.replaceExperiment({ ...experiment, lanes: experiment.lanes.slice(0, 2) });
  await app.train();
  const tell = (reason: 'diverged' | 'completed') =>
    asked
      .at(-1)!
      .tell({ kind: 'run', lane: 'parent', event: { kind: 'state', state: 'failed', step: 3, reason } });
  tell('diverged');
  const ends = () => state().training.runs.map(({ end }) => [end?.reason, end?.failure?.message]);
  expect(ends()).toEqual([
    ['diverged', undefined],
    ['error', 'plain-20 was over after 3 steps, and this net was to go on from its step 5.'],
  ]);
  await app.train();
  asked.at(-1)!.tell({
    kind: 'checkpoint',
    lane: 'parent',
    step: 5,
    why: 'ladder',
    evaluationDue: false,
    file: new ArrayBuffer(3),
  });
  await vi.waitFor(() => expect(ends()[1]![0]).toBe('error'));
  expect(ends()[0]![0]).toBeUndefined();
});
