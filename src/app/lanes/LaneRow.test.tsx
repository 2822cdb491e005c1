// @vitest-environment happy-dom
import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { draftOf, type LaneDraft } from '../state/draft.ts';
import { endRun, type Run } from '../state/run.ts';
import { experiment, mount, runsBefore, trained } from '../testing/mount.tsx';
import { LaneRow } from './LaneRow.tsx';

const [shallow, deep] = runsBefore as [Run, Run];
const [lane] = draftOf(experiment).lanes as [LaneDraft];
const forty = trained(shallow, Array<number>(40).fill(0.5));
const hundred = trained(shallow, Array<number>(100).fill(0.5));
const failure = { name: 'WorkerError', message: 'The training worker broke' };

type Props = Partial<Parameters<typeof LaneRow>[0]>;

function row(
  props: Props,
  actions: Parameters<typeof mount>[2] = {},
  state: Parameters<typeof mount>[1] = {},
) {
  const all = {
    lane,
    name: 'plain-20',
    style: shallow.style,
    run: null,
    heldBy: null,
    locked: false,
    joins: false,
    only: false,
    full: false,
    open: false,
    onToggle: () => undefined,
    onDuplicate: () => undefined,
    ...props,
  };
  mount(<LaneRow {...all} />, state, actions);
  const item = screen.getByRole('listitem');
  const texts = [...item.querySelectorAll('.lane-text')].map(({ textContent }) => textContent);
  const buttons = within(item).getAllByRole('button');
  return {
    item,
    status: texts[0],
    speed: texts.at(-1),
    texts,
    buttons: buttons.map((button) => `${button.getAttribute('aria-label')}${button.matches(':disabled') ? ' (off)' : ''}`), // prettier-ignore
    bar: within(item).queryByRole('progressbar')?.getAttribute('aria-valuenow'),
    error: item.querySelector('em')!.textContent,
  };
}
/** The lane while its run is of the present experiment and something trains. */
const live = (run: Run, props: Props = {}) => row({ run, locked: true, ...props });

test('a lane without a run says what net it is, and can be edited, duplicated and removed', () => {
  const { item, texts, buttons, bar, error } = row({});
  expect(item.dataset).toMatchObject({ lane: 'shallow', state: 'idle', step: '0' });
  expect(texts[0]).toBe('plain, 16 filters');
  expect(texts.at(-1)).toMatch(/^27\dK parameters, [\d.]+M multiply-adds$/);
  expect(buttons).toEqual(['Edit plain-20', 'Duplicate plain-20', 'Remove plain-20']);
  expect([bar, error]).toEqual([undefined, '']);
});

test('the last lane is not to be removed, and a full experiment takes no copy', () => {
  const { buttons } = row({ only: true, full: true });
  expect(buttons).toEqual(['Edit plain-20', 'Duplicate plain-20 (off)', 'Remove plain-20 (off)']);
  expect(screen.getByRole('button', { name: 'Remove plain-20' }).title).toBe(
    'An experiment needs at least one lane.',
  );
});

test('a depth that is none is no net: it cannot join', () => {
  const { texts, buttons } = row({ lane: { ...lane, depth: '21' }, joins: true });
  expect(texts).toEqual(['Not a possible net yet', '']);
  expect(buttons[0]).toBe('Train plain-20 too (off)');
});

test('a lane joins those that train', () => {
  const trainLane = vi.fn();
  row({ joins: true }, { trainLane });
  fireEvent.click(screen.getByRole('button', { name: 'Train plain-20 too' }));
  expect(trainLane).toHaveBeenCalledExactlyOnceWith('shallow');
});

test('what it starts from is said while the file is for this net', () => {
  const { model } = experiment.lanes[0]!;
  const weights = { file: 'mine.safetensors', bytes: new ArrayBuffer(0), model, notes: [] };
  const startWeights = new Map([['shallow', weights]]);
  expect(row({}, {}, { startWeights }).texts[1]).toBe('starts from mine.safetensors');
});

const stop = 'Stop plain-20';
const pause = 'Pause plain-20';
const copy = 'Duplicate plain-20';
const silent = { silent: 25 };
const stopping = { stopping: true };

test.each<[string, Run, string, readonly string[]]>([
  ['queued', { ...shallow, state: 'queued' }, 'Waits until another lane ends', [`${pause} (off)`, stop, copy]],
  ['waiting', shallow, 'Waiting for its first batch', [`${pause} (off)`, stop, copy]],
  ['waiting and told to stop', { ...shallow, ...stopping }, 'step 0 of 100, stopping', [`${pause} (off)`, stop, copy]],
  ['waiting and silent', { ...shallow, ...silent }, 'step 0 of 100, has not answered for 25s', [`${pause} (off)`, stop, copy]],
  ['running', forty, 'step 40 of 100', [pause, stop, copy]],
  ['running and told to stop', { ...forty, ...stopping, ...silent }, 'step 40 of 100, stopping', [pause, stop, copy]],
  ['running and silent', { ...forty, ...silent }, 'step 40 of 100, has not answered for 25s', [pause, stop, copy]],
  ['paused', { ...forty, state: 'paused' }, 'step 40 of 100, paused', ['Resume plain-20', stop, copy]],
  ['at its last test', hundred, 'step 100 of 100, testing on all images', [pause, stop, copy]],
])('a run that is %s', (_, run, status, buttons) => {
  const shown = live(run);
  expect([shown.status, shown.buttons]).toEqual([status, buttons]);
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

test.each<[string, Run, string]>([
  ['completed', ended('completed'), 'Done: 40 steps'],
  ['was stopped', ended('stopped'), 'Stopped at step 40'],
  ['diverged', ended('diverged'), 'Diverged at step 38: the loss was no number any more. A lower learning rate or a warm-up may help.'],
  ['failed', ended('error'), 'Failed after step 40: The training worker broke'],
  ['was ended', ended('stopped', { terminated: true }), 'Stopped at step 40. It did not end by itself, so it was ended: its curves are kept, its weights are lost.'],
  ['lacks its last test', ended('completed', missed(true)), 'Done: 40 steps. The test on all images could not be done, nothing else is missing: no memory.'],
  ['lacks a test', ended('completed', missed(false)), 'Done: 40 steps. The test at step 40 could not be done, nothing else is missing: no memory.'],
])('a run that %s says so, and is neither paused nor stopped', (_, run, status) => {
  const shown = live(run);
  expect([shown.status, shown.buttons]).toEqual([status, [copy]]);
}); // prettier-ignore

test('the buttons of a run reach its lane', () => {
  const actions = { pause: vi.fn(), resume: vi.fn(), stop: vi.fn() };
  row({ run: forty, locked: true }, actions);
  fireEvent.click(screen.getByRole('button', { name: 'Pause plain-20' }));
  fireEvent.click(screen.getByRole('button', { name: 'Stop plain-20' }));
  expect([actions.pause.mock.calls, actions.stop.mock.calls]).toEqual([[['shallow']], [['shallow']]]);
});

test('resume, too', () => {
  const resume = vi.fn();
  row({ run: { ...forty, state: 'paused' }, locked: true }, { resume });
  fireEvent.click(screen.getByRole('button', { name: 'Resume plain-20' }));
  expect(resume).toHaveBeenCalledExactlyOnceWith('shallow');
});

test('speed, rate and what is left stand below while it runs; progress and error beside it', () => {
  const { speed, bar, error } = live(forty);
  expect(speed).toMatch(/^256 images\/s \u00b7 rate 0\.1 \u00b7 .* left$/);
  expect([bar, error]).toEqual(['40', 'training 50.0%']);
});

test('one that waits for another says for whom and why', () => {
  const paused: Run = { ...deep, state: 'paused' };
  expect(live(forty, { heldBy: paused }).speed).toBe('waiting for plain-56, which is paused');
});

test('the test on all images takes the place of the speed', () => {
  const evaluations = [
    { step: 20, images: 500, complete: false, loss: 1, error: 0.9, seconds: 1 },
    { step: 40, images: 10_000, complete: true, loss: 1, error: 0.123, seconds: 1 },
  ];
  expect(live(ended('completed', { evaluations })).speed).toBe('test error 12.3% on all 10,000 images');
});

test('a lane that was changed after its run shows none of its numbers', () => {
  const run = ended('completed');
  const changed = row({ run, lane: { ...lane, width: '8' } });
  expect([changed.status, changed.bar, changed.error]).toEqual(['plain, 8 filters', undefined, '']);
});

test('one that was not keeps them, and can be edited', () => {
  const same = row({ run: ended('completed') });
  expect([same.status, same.bar]).toEqual(['Done: 40 steps', '40']);
  expect(same.buttons).toEqual(['Edit plain-20', copy, 'Remove plain-20']);
});
