import { expect, test, vi } from 'vitest';
import { endRun, type Run } from '../state/run.ts';
import { runsBefore, trained } from '../testing/mount.tsx';
import { laneMenu, type LaneActions, type LaneFacts } from './laneMenu.ts';

const [waiting] = runsBefore as [Run];
const running = trained(waiting, [0.5, 0.4]);
const ended = endRun(running, { reason: 'completed', divergedAt: null, failure: null });

const facts: LaneFacts = { run: null, isLive: false, isLocked: false, isSound: true, isOnly: false, isFull: false, isHidden: false, hasMoments: false, isBranch: false }; // prettier-ignore
const actionsOf = () => ({
  pause: vi.fn(), resume: vi.fn(), stop: vi.fn(), join: vi.fn(), change: vi.fn(), duplicate: vi.fn(), rename: vi.fn(),
  setHidden: vi.fn(), goBack: vi.fn(), startWeights: vi.fn(), saveWeights: vi.fn(), remove: vi.fn(),
}); // prettier-ignore
const menuOf = (more: Partial<LaneFacts>, actions: LaneActions = actionsOf()) =>
  laneMenu({ ...facts, ...more }, actions);
/** The entries as a person reads them: those that cannot be chosen in brackets. */
const read = (more: Partial<LaneFacts>) => menuOf(more).map(({ label, why }) => (why === undefined ? label : `(${label})`)); // prettier-ignore

test('before anything trains a net can be changed, copied, named, given weights, and removed', () => {
  expect(read({})).toEqual(['(Train this net)', 'Change', 'Duplicate', 'Rename', '(Hide its curves)', '(Go back to a moment)', 'Start weights', '(Save weights)', 'Remove']); // prettier-ignore
});

test('one that trains is paused and stopped, and stays what it is', () => {
  expect(read({ run: running, isLive: true, isLocked: true })).toEqual(['Pause', 'Stop', '(Change)', 'Duplicate', 'Rename', 'Hide its curves', '(Go back to a moment)', '(Start weights)', 'Save weights', '(Remove)']); // prettier-ignore
});

test.each<[string, Partial<LaneFacts>, Record<string, boolean>]>([
  ['waits to join', { isLive: true }, { 'Train this net': true, Change: true, 'Start weights': false, Remove: true }],
  ['is no net', { isLive: true, isSound: false }, { 'Train this net': false, Change: true }],
  ['is no net, and nothing trains', { isSound: false }, { 'Train this net': false, 'Start weights': false }],
  ['has ended while others train', { run: ended, isLive: true, isLocked: true }, { 'Train this net': false, Change: false, Duplicate: true, 'Save weights': true }],
  ['has ended, as all have', { run: ended }, { Change: true, 'Hide its curves': true, 'Save weights': true, Remove: true }],
  ['waits for its first batch', { run: waiting, isLive: true, isLocked: true }, { Pause: false, Stop: true, 'Hide its curves': false, 'Save weights': false }],
  ['waits for a place', { run: { ...waiting, state: 'queued' }, isLive: true, isLocked: true }, { Pause: false, Stop: true }],
  ['is paused', { run: { ...running, state: 'paused' }, isLive: true, isLocked: true }, { Resume: true, Stop: true }],
  ['is stopping', { run: { ...running, stopping: true }, isLive: true, isLocked: true }, { Stop: false }],
  ['is the only one', { isOnly: true }, { Remove: false, Duplicate: true }],
  ['is one of sixteen', { isFull: true }, { Duplicate: false, Remove: true }],
  ['is hidden', { run: ended, isHidden: true }, { 'Show its curves': true }],
])('one that %s', (_, more, expected) => {
  const items = menuOf(more);
  for (const [label, can] of Object.entries(expected)) {
    const item = items.find((candidate) => candidate.label === label);
    expect(item, label).toBeDefined();
    expect(item!.why === undefined, label).toBe(can);
    // A reason is a sentence.
    if (!can) expect(item!.why).toMatch(/^[A-Z].*\.$/);
  }
  expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
}); // prettier-ignore

test('each entry does what it says', () => {
  const actions = actionsOf();
  const choose = (label: string, more: Partial<LaneFacts>) => menuOf(more, actions).find((item) => item.label === label)!.onChoose(); // prettier-ignore
  choose('Pause', { run: running });
  choose('Resume', { run: { ...running, state: 'paused' } });
  choose('Stop', { run: running });
  choose('Train this net', { isLive: true });
  choose('Change', {});
  choose('Duplicate', {});
  choose('Rename', {});
  choose('Hide its curves', { run: ended });
  choose('Show its curves', { run: ended, isHidden: true });
  choose('Go back to a moment', { run: ended, hasMoments: true });
  choose('Start weights', {});
  choose('Save weights', { run: ended });
  choose('Remove', {});
  expect(actions.setHidden.mock.calls).toEqual([[true], [false]]);
  for (const [name, action] of Object.entries(actions))
    expect(action, name).toHaveBeenCalledTimes(name === 'setHidden' ? 2 : 1);
});
