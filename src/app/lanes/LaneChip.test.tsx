// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { customaryOptimizer } from '../../model/presets.ts';
import type { Evaluation } from '../state/run.ts';
import { draftOf, type LaneDraft } from '../state/draft.ts';
import { endRun, type Run } from '../state/run.ts';
import { experiment, mount, runsBefore, trained } from '../testing/mount.tsx';
import { LaneChip } from './LaneChip.tsx';

const [shallow, deep] = runsBefore as [Run, Run];
const [lane] = draftOf(experiment).lanes as [LaneDraft];
const forty = trained(shallow, Array<number>(40).fill(0.5));
const hundred = trained(shallow, Array<number>(100).fill(0.5));
const failure = { name: 'WorkerError', message: 'The training worker broke' };

type Props = Partial<Parameters<typeof LaneChip>[0]>;

function chip(
  props: Props,
  actions: Parameters<typeof mount>[2] = {},
  state: Parameters<typeof mount>[1] = {},
) {
  cleanup();
  const nothing = () => undefined;
  const all = {
    lane,
    look: { name: 'plain-20', style: shallow.style },
    run: null,
    heldBy: null,
    isLive: false,
    isLocked: false,
    isOnly: false,
    isFull: false,
    menuRef: nothing,
    actions: { change: nothing, duplicate: nothing, rename: nothing, startWeights: nothing, saveWeights: nothing, remove: nothing }, // prettier-ignore
    ...props,
  };
  const page = mount(<LaneChip {...all} />, state, actions);
  const item = screen.getByRole('listitem');
  const textOf = (element: Element | null | undefined) => element?.textContent ?? null;
  const texts = [...item.querySelectorAll('.lane-text')];
  return {
    ...page,
    item,
    name: textOf(item.querySelector('b')),
    /** The line below the name, and what stands below that. */
    line: textOf(texts[0]),
    state: textOf(item.querySelector('.lane-state')),
    heard: textOf(item.querySelector('.visually-hidden')),
    test: textOf(item.querySelector('.lane-test')),
    more: texts.slice(2).map(textOf),
    buttons: within(item).getAllByRole('button').map((button) => `${button.getAttribute('aria-label')}${button.matches(':disabled') ? ' (off)' : ''}`), // prettier-ignore
    bar: within(item).queryByRole('progressbar')?.getAttribute('aria-valuenow'),
  };
}
/** The lane while its run is of the present experiment and something trains. */
const live = (run: Run, props: Props = {}) => chip({ run, isLive: true, isLocked: true, ...props });
const evaluation = (more: Partial<Evaluation> = {}): Evaluation => ({ step: 20, images: 500, complete: false, loss: 1, error: 0.9, seconds: 1, ...more }); // prettier-ignore

test('a lane without a run says what net it is', () => {
  const { item, name, line, state, heard, buttons, bar } = chip({});
  expect(item.dataset).toMatchObject({ lane: 'shallow', state: 'idle', step: '0' });
  expect([name, line, state, heard, bar]).toEqual(['plain-20', 'plain, 16 filters', null, null, undefined]);
  expect(buttons).toEqual(['Menu of plain-20']);
});

test('a depth that is none is no net: it cannot join', () => {
  const { line, buttons } = chip({ lane: { ...lane, depth: '21' }, isLive: true });
  expect(line).toBe('Not a possible net yet');
  expect(buttons).toEqual(['Menu of plain-20', 'Train plain-20 too (off)']);
});

test('a lane joins those that train by a button in sight', () => {
  const trainLane = vi.fn();
  chip({ isLive: true }, { trainLane });
  fireEvent.click(screen.getByRole('button', { name: 'Train plain-20 too' }));
  expect(trainLane).toHaveBeenCalledExactlyOnceWith('shallow');
});

test('what it starts from is said while the file is for this net', () => {
  const { model } = experiment.lanes[0]!;
  const weights = { file: 'mine.safetensors', bytes: new ArrayBuffer(0), model, notes: [] };
  const { item } = chip({}, {}, { startWeights: new Map([['shallow', weights]]) });
  expect(item.querySelector('.lane-note')!.textContent).toBe('starts from mine.safetensors');
});

test('every error is named, from the first step on; before it the net is', () => {
  expect(live(shallow).line).toBe('plain, 16 filters');
  expect(live(trained(shallow, [0.875])).line).toBe('training error 87.5%');
});

test('the test error stands beside it once there is one: that on all images, if there is', () => {
  expect(live(forty).test).toBeNull();
  const both = live({ ...forty, evaluations: [evaluation()] });
  expect([both.line, both.test]).toEqual(['training error 50.0%', 'test error 90.0%']);
  const complete = evaluation({ step: 40, images: 10_000, complete: true, error: 0.123 });
  expect(live(ended('completed', { evaluations: [complete, evaluation()] })).test).toBe('test error 12.3%');
  expect(live({ ...forty, evaluations: [evaluation({ error: null })] }).test).toBeNull();
});

const silent = { silent: 25 };
const stopping = { stopping: true };
const paused: Run = { ...deep, state: 'paused' };

test.each<[string, Run, string | null, string, Props?]>([
  ['queued', { ...shallow, state: 'queued' }, 'waiting for a place', 'Waits until another net ends'],
  ['waiting', shallow, 'waiting', 'Waiting for its first batch'],
  ['waiting and told to stop', { ...shallow, ...stopping }, 'stopping', 'step 0 of 100, stopping'],
  ['waiting and silent', { ...shallow, ...silent }, 'no answer for 25s', 'step 0 of 100, has not answered for 25s'],
  ['running', forty, null, 'step 40 of 100'],
  ['running and told to stop', { ...forty, ...stopping, ...silent }, 'stopping', 'step 40 of 100, stopping'],
  ['running and silent', { ...forty, ...silent }, 'no answer for 25s', 'step 40 of 100, has not answered for 25s'],
  ['paused', { ...forty, state: 'paused' }, 'paused', 'step 40 of 100, paused'],
  ['held by another', forty, 'waiting for plain-56', 'step 40 of 100, waiting for plain-56, which is paused', { heldBy: paused }],
  ['at its last test', hundred, 'testing on all images', 'step 100 of 100, testing on all images'],
])('a run that is %s', (_, run, seen, heard, props) => {
  const shown = live(run, props);
  expect([shown.state, shown.heard]).toEqual([seen, heard]);
  expect(shown.item.dataset['state']).toBe(run.state);
}); // prettier-ignore

const ended = (reason: 'completed' | 'stopped' | 'diverged' | 'error', more: Partial<Run> = {}) => ({
  ...endRun(forty, {
    reason,
    divergedAt: reason === 'diverged' ? 38 : null,
    failure: reason === 'error' ? failure : null,
  }),
  ...more,
});
const missed = (complete: boolean) => ({ missed: [{ step: 40, complete, failure: { name: 'Error', message: 'no memory' } }] }); // prettier-ignore

test.each<[string, Run, string, string]>([
  ['completed', ended('completed'), 'done, 40 steps', 'Done: 40 steps'],
  ['was stopped', ended('stopped'), 'stopped at step 40', 'Stopped at step 40'],
  ['diverged', ended('diverged'), 'diverged at step 38', 'Diverged at step 38: the loss was no number any more. A lower learning rate or a warm-up may help.'],
  ['failed', ended('error'), 'failed: The training worker broke', 'Failed after step 40: The training worker broke'],
  ['was ended', ended('stopped', { terminated: true }), 'stopped at step 40', 'Stopped at step 40. It did not end by itself, so it was ended: its curves are kept, its weights are lost.'],
  ['lacks its last test', ended('completed', missed(true)), 'done, 40 steps, not tested', 'Done: 40 steps. The test on all images could not be done, nothing else is missing: no memory.'],
  ['lacks a test', ended('completed', missed(false)), 'done, 40 steps', 'Done: 40 steps. The test at step 40 could not be done, nothing else is missing: no memory.'],
])('a run that %s says so', (_, run, seen, heard) => {
  const shown = live(run);
  expect([shown.state, shown.heard]).toEqual([seen, heard]);
}); // prettier-ignore

test('a ribbon says how far it is', () => {
  const { bar } = live(forty);
  expect(bar).toBe('40');
});

test('with everything shown, its size, its pace and its step stand there, too', () => {
  const view = mount(<p />).app.store.getState().view;
  const shown = chip(
    { run: forty, isLive: true, isLocked: true },
    {},
    { view: { ...view, density: 'full' } },
  );
  expect(shown.state).toBe('step 40 of 100');
  expect(shown.more[0]).toMatch(/^27\dK parameters, [\d.]+M multiply-adds$/);
  expect(shown.more[1]).toMatch(/^256 images\/s \u00b7 rate 0\.1 \u00b7 .* left$/);
});

test('a lane that was changed after its run shows none of its numbers', () => {
  const run = ended('completed');
  const changed = chip({ run, lane: { ...lane, width: '8' } });
  expect([changed.line, changed.state, changed.bar]).toEqual(['plain, 8 filters', null, undefined]);
});

test('so does one whose own warm-up or optimiser is another than it was trained with', () => {
  const run = ended('completed');
  const training = { ...mount(<p />).app.store.getState().training, experiment };
  const lineOf = (more: Partial<typeof lane>) => chip({ run, lane: { ...lane, ...more } }, {}, { training }).line; // prettier-ignore
  expect(lineOf({})).toBe('training error 50.0%');
  expect(lineOf({ warmUp: { learningRate: 0.01, steps: 9 } })).toMatch(/^plain/);
  expect(lineOf({ optimizer: customaryOptimizer('adam'), rate: '0.001' })).toMatch(/^plain/);
});

test('one that was not keeps them', () => {
  const same = chip({ run: ended('completed') });
  expect([same.line, same.state, same.bar]).toEqual(['training error 50.0%', 'done, 40 steps', '40']);
});

test('pointing at a chip, or having the focus in it, brings its curves forward; leaving and going do not keep them there', () => {
  const { app, item, draw } = live(forty);
  const highlighted = () => app.store.getState().highlighted;
  fireEvent.pointerEnter(item);
  expect([highlighted(), item.dataset['highlighted']]).toEqual([forty.id, 'true']);
  fireEvent.pointerLeave(item);
  expect(highlighted()).toBeNull();
  fireEvent.focus(within(item).getByRole('button'));
  expect(highlighted()).toBe(forty.id);
  draw(<p />);
  expect(highlighted()).toBeNull();
});
