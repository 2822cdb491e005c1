import { expect, test } from 'vitest';
import { freshRuns, grown, over, tested } from '../runs/testing/grownRun.ts';
import { endRun, type Run } from '../state/run.ts';
import { noTraining } from '../state/training.ts';
import { keptSession, momentAt } from './testing/keptSession.ts';

const [first, second] = freshRuns();
const interrupted = (run: Run) => over(run, 'interrupted');
const broken = (run: Run, name = 'WorkerError') =>
  endRun(run, { reason: 'error', divergedAt: null, failure: { name, message: 'gone' } });

test('what was interrupted goes on from its last moments, each from its own, on the same stage', async () => {
  const { app, runs, stage, from, asked } = keptSession();
  stage([interrupted(tested(grown(first, 9), 5)), interrupted(grown(second, 7))], {
    [first.id]: [0, 2, 5].map((step) => momentAt(step, { evaluationDue: step === 5 })),
    [second.id]: [momentAt(2)],
  });
  await app.continueRuns();
  expect(from()).toEqual([[first.lane, 5, 5], [second.lane, 2, 2]]); // prettier-ignore
  expect(runs().map(({ id, step, state, evaluations, history }) => [id, step, state, evaluations.length, history])).toEqual([
    [first.id, 5, 'waiting', 0, [{ kind: 'continued', step: 5, when: 42, before: null }]],
    [second.id, 2, 'waiting', 0, [{ kind: 'continued', step: 2, when: 42, before: null }]],
  ]); // prettier-ignore
  expect(asked[0]!.experiment.lanes.map(({ id }) => id)).toEqual([first.lane, second.lane]);
});

test('one that is done stays beside the one that goes on', async () => {
  const { app, runs, stage, from, asked } = keptSession();
  stage([over(grown(first, 20)), broken(grown(second, 7))], { [second.id]: [momentAt(5)] });
  await app.continueRuns([second.id]);
  expect([from(), asked[0]!.experiment.lanes.map(({ id }) => id)]).toEqual([[[second.lane, 5, 5]], [second.lane]]); // prettier-ignore
  expect(runs().map(({ step, state }) => [step, state])).toEqual([[20, 'ended'], [5, 'waiting']]); // prettier-ignore
});

test('a moment that cannot be read is passed over; without any it begins with its seed', async () => {
  const unreadable = new Set([5, 2]);
  const { app, stage, from, runs } = keptSession({
    checkpointOf: (_, step) =>
      unreadable.has(step)
        ? Promise.reject(new Error('damaged'))
        : Promise.resolve(new Uint8Array([step]).buffer),
  });
  stage([interrupted(grown(first, 9)), interrupted(grown(second, 9))], {
    [first.id]: [1, 2, 5].map((step) => momentAt(step)),
    [second.id]: [momentAt(2)],
  });
  await app.continueRuns();
  expect(from()).toEqual([[first.lane, 1, 1]]);
  expect(runs().map(({ step }) => step)).toEqual([1, 0]);
});

test('a run that began with a file of weights and has no moment is left as it is', async () => {
  const { app, stage, asked, runs } = keptSession();
  stage([interrupted({ ...grown(first, 9), startedFrom: 'mine.safetensors' })]);
  await app.continueRuns();
  expect([asked, runs()[0]!.end?.reason]).toEqual([[], 'interrupted']);
});

test('what another tab trains is not taken', async () => {
  const { app, stage, asked, runs } = keptSession({ claim: () => Promise.resolve(null) });
  stage([interrupted(grown(first, 9))], { [first.id]: [momentAt(5)] });
  await app.continueRuns();
  expect([asked, runs()[0]!.step]).toEqual([[], 9]);
});

test('it goes on with what was kept last, not with what this page remembers', async () => {
  const { app, stage, from } = keptSession({
    claim: (runs) => Promise.resolve(runs.map((run) => interrupted(grown(run, 11)))),
  });
  stage([interrupted(grown(first, 9))], { [first.id]: [momentAt(5), momentAt(20)] });
  await app.continueRuns();
  expect(from()).toEqual([[first.lane, 20, 20]]);
});

test('runs of the archive and of the list come back to the stage as one experiment', async () => {
  const { app, runs, from, state } = keptSession();
  app.store.setState(({ archive }) => ({
    training: noTraining,
    archive: { ...archive, kept: [over(grown(second, 20))] },
    library: [interrupted(grown(first, 6))],
    moments: new Map([[first.id, [momentAt(5)]]]),
    view: { ...state().view, hidden: [first.id] },
  }));
  await app.continueRuns();
  expect(from()).toEqual([[first.lane, 5, 5]]);
  expect(
    runs()
      .map(({ id }) => id)
      .sort(),
  ).toEqual([first.id, second.id].sort());
  expect([state().archive.kept, state().library, state().view.hidden]).toEqual([[], [], []]);
});

test('what is left as it is counts as stopped, wherever it stands', () => {
  const { app, state } = keptSession();
  app.store.setState({ library: [interrupted(grown(first, 6)), interrupted(grown(second, 6))] });
  app.leaveInterrupted([first.id]);
  expect(state().library.map(({ end }) => end?.reason)).toEqual(['stopped', 'interrupted']);
});

test('a graphics device that is lost is opened anew twice; then a person decides, and goes on with another', async () => {
  const { app, stage, asked, runs, from } = keptSession();
  stage([interrupted(grown(first, 9))], { [first.id]: [momentAt(5)] });
  await app.continueRuns();
  const failure = { name: 'DeviceLostError', message: 'lost' };
  const lose = async () => {
    asked.at(-1)!.tell({
      kind: 'run',
      lane: first.lane,
      event: { kind: 'state', state: 'failed', step: 5, reason: 'error', failure },
    });
    await new Promise((resolve) => setTimeout(resolve));
  };
  for (const times of [2, 3, 3]) {
    await lose();
    expect([asked.length, from()]).toEqual([times, [[first.lane, 5, 5]]]);
  }
  expect(runs()[0]!.end?.failure).toEqual(failure);
  await app.trainElsewhere(failure);
  expect(asked.map(({ backend }) => backend)).toEqual(['webgpu', 'webgpu', 'webgpu', 'wasm']);
  expect(from()).toEqual([[first.lane, 5, 5]]);
});
