// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { Failure } from '../../protocol/protocol.ts';
import type { Moment } from '../state/keeping.ts';
import { endRun, type Run } from '../state/run.ts';
import { noTraining } from '../state/training.ts';
import { mount, onStage, runsBefore, trained } from '../testing/mount.tsx';
import { FailurePanel } from './FailurePanel.tsx';

const [shallow, deep] = runsBefore as [Run, Run];
const failed = (run: Run, failure: Failure) => endRun(run, { reason: 'error', divergedAt: null, failure });
const done = (run: Run) => endRun(run, { reason: 'completed', divergedAt: null, failure: null });
const failureOf = (name: string): Failure => ({ name, message: `this is what ${name} said` });
const broke = failureOf('WorkerError');

const heading = () => screen.getByRole('heading').textContent;
/** The sections, each with its paragraphs. */
const told = () =>
  [...document.querySelectorAll('dt')].map((term) => {
    const texts: (string | null)[] = [];
    for (let next = term.nextElementSibling; next?.tagName === 'DD'; next = next.nextElementSibling)
      texts.push(next.textContent);
    return [term.textContent, ...texts];
  });
const buttons = () => screen.queryAllByRole('button').map(({ textContent }) => textContent);

test.each([
  ['nothing has been trained', {}],
  ['all trains', onStage(trained(shallow, [0.5]))],
  ['a run diverged', onStage(endRun(shallow, { reason: 'diverged', divergedAt: 1, failure: null }))],
])('there is no panel while %s', (_, state) => {
  expect(mount(<FailurePanel />, state).container.innerHTML).toBe('');
});

// What to do is told of each class of failure that the page knows; a word of it is enough to tell them apart.
test.each([
  ['DeviceError', /next device that works here/],
  ['DeviceLostError', /opens the device anew and goes on by itself twice/],
  ['ShardError', /what did arrive is kept/],
  ['ManifestError', /the dataset is missing/],
  ['LaneError', /a new worker for the images/],
  ['WorkerError', /starts new workers/],
  ['OutOfMemoryError', /^Take fewer filters or a smaller batch/],
  ['WeightsError', /Under Export, import take these weights away/],
  ['TypeError', /^Try again\. If it fails the same way, try fewer filters/],
])('%s: what happened, what is safe, what to do next', (name, next) => {
  mount(<FailurePanel />, onStage(failed(shallow, failureOf(name))));
  expect(told()).toEqual([
    ['What happened', `this is what ${name} said.`],
    ['What is safe', 'Your lanes and settings, and every curve recorded so far, are still on this page.'],
    ['What to do next', expect.stringMatching(next)],
  ]);
});

test('a lane that failed beside others is named, and nothing is to be tried while they train', () => {
  mount(<FailurePanel />, onStage(failed(shallow, broke), trained(deep, [0.5])));
  expect([heading(), buttons()]).toEqual(['plain-20 has failed; the others go on', []]);
  expect(told()[1]![1]).toContain('Weights can still be saved');
});

test('when none trains any more another try is offered', () => {
  const trainNew = vi.fn(() => Promise.resolve());
  mount(<FailurePanel />, onStage(failed(shallow, broke), done(deep)), { trainNew });
  expect([heading(), buttons()]).toEqual(['plain-20 has failed', ['Try again']]);
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(trainNew).toHaveBeenCalledTimes(1);
});

test('what ran out of memory is offered with recomputation, unless it had that', () => {
  const recomputeAndTrain = vi.fn(() => Promise.resolve());
  const state = onStage(failed(shallow, failureOf('OutOfMemoryError')));
  const { app, set } = mount(<FailurePanel />, state, { recomputeAndTrain });
  expect(buttons()).toEqual(['Recompute activations and train', 'Train with a batch of 64', 'Try again']);
  fireEvent.click(screen.getByRole('button', { name: 'Recompute activations and train' }));
  expect(recomputeAndTrain).toHaveBeenCalledTimes(1);
  const { draft } = app.store.getState();
  set({ draft: { ...draft, recipe: { ...draft.recipe, recompute: true } } });
  expect(buttons()).toEqual(['Train with a batch of 64', 'Try again']);
});

const moments = new Map([
  [shallow.id, [0, 2].map((step): Moment => ({ step, why: 'ladder', bytes: 1, evaluationDue: false }))],
]);
const kept = (failure: Failure) => ({ ...onStage(failed(trained(shallow, [0.5, 0.4, 0.3]), failure), done(deep)), moments }); // prettier-ignore

test('what has come some way goes on from its last moment by one press', () => {
  const continueRuns = vi.fn(() => Promise.resolve());
  mount(<FailurePanel />, kept(broke), { continueRuns });
  expect(buttons()).toEqual(['Continue from step 2', 'Try again']);
  fireEvent.click(screen.getByRole('button', { name: 'Continue from step 2' }));
  expect(continueRuns.mock.calls).toEqual([[[shallow.id]]]);
});

test('while others train it is said that it can be gone on with later', () => {
  const runs = [failed(trained(shallow, [0.5, 0.4, 0.3]), broke), trained(deep, [0.5])];
  const { container } = mount(<FailurePanel />, { ...onStage(...runs), moments });
  expect(container.textContent).toContain('plain-20 can be gone on with from step 2.');
  expect(buttons()).toEqual([]);
});

test('a device that is lost again and again may be left for another', () => {
  const failure = failureOf('DeviceLostError');
  const trainElsewhere = vi.fn(() => Promise.resolve());
  mount(<FailurePanel />, kept(failure), { trainElsewhere });
  expect(buttons()).toEqual(['Continue from step 2', 'Continue on another device', 'Try again']);
  fireEvent.click(screen.getByRole('button', { name: 'Continue on another device' }));
  expect(trainElsewhere.mock.calls).toEqual([[failure]]);
});

test('out of memory: half the batch is offered', () => {
  const trainSmaller = vi.fn(() => Promise.resolve());
  mount(<FailurePanel />, onStage(failed(shallow, failureOf('OutOfMemoryError'))), { trainSmaller });
  expect(buttons()).toEqual(['Recompute activations and train', 'Train with a batch of 64', 'Try again']);
  fireEvent.click(screen.getByRole('button', { name: 'Train with a batch of 64' }));
  expect(trainSmaller.mock.calls).toEqual([[64]]);
});

test('lanes that failed of different things are told apart, those of one thing together', () => {
  const { set } = mount(
    <FailurePanel />,
    onStage(failed(shallow, broke), failed(deep, failureOf('OutOfMemoryError'))),
  );
  expect(heading()).toBe('plain-20 and plain-56 have failed');
  expect(told()[0]).toEqual([
    'What happened',
    'plain-20: this is what WorkerError said.',
    'plain-56: this is what OutOfMemoryError said.',
  ]);
  expect(told()[2]).toHaveLength(3);
  set(onStage(failed(shallow, broke), failed(deep, broke)));
  expect(told()[0]).toEqual(['What happened', 'this is what WorkerError said.']);
});

test('what ended the whole experiment names no lane', () => {
  const runs = [failed(shallow, broke), failed(deep, broke)];
  mount(<FailurePanel />, { training: { ...noTraining, runs, failure: broke } });
  expect([heading(), told()[0]]).toEqual([
    'Training has stopped',
    ['What happened', 'this is what WorkerError said.'],
  ]);
});

test('a device that cannot be had is told without runs, and another may be chosen', () => {
  const failure = failureOf('DeviceError');
  const trainElsewhere = vi.fn(() => Promise.resolve());
  mount(<FailurePanel />, { device: { kind: 'failed', failure } }, { trainElsewhere });
  expect([heading(), buttons()]).toEqual([
    'This device cannot be used',
    ['Choose a device for me', 'Try again'],
  ]);
  fireEvent.click(screen.getByRole('button', { name: 'Choose a device for me' }));
  expect(trainElsewhere).toHaveBeenCalledExactlyOnceWith(failure);
});

test('technical details are there where there are any', () => {
  const { set } = mount(<FailurePanel />, onStage(failed(shallow, { ...broke, stack: 'at step (a.js:1)' })));
  expect(screen.getByText('at step (a.js:1)').tagName).toBe('PRE');
  set(onStage(failed(shallow, broke)));
  expect(screen.queryByText('Technical details')).toBeNull();
});
