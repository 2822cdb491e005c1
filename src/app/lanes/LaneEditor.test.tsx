// @vitest-environment happy-dom
import { act, fireEvent, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useAppState } from '../state/hooks/AppContext.ts';
import { mount } from '../testing/mount.tsx';
import { LaneEditor } from './LaneEditor.tsx';

/** The editor of the first lane, as its row holds it. */
function First() {
  const lane = useAppState(({ draft }) => draft.lanes[0]!);
  return <LaneEditor lane={lane} autoName="plain-20" />;
}
function open() {
  const { app } = mount(<First />);
  const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
  const type = (name: string, value: string) => fireEvent.change(field(name), { target: { value } });
  const lane = () => app.store.getState().draft.lanes[0]!;
  const noteOf = (name: string) =>
    (field(name).getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent);
  return { app, field, type, lane, noteOf };
}
/** The labels are terms, which are pressed to say what they mean. */
const offered = () => screen.getAllByRole('button').filter((button) => !button.matches('[data-term]'));
const pressed = () => offered().map((button) => [button.textContent, button.getAttribute('aria-pressed')]);

test('a common depth is chosen by a button', () => {
  const { lane, field } = open();
  expect(pressed().map(([depth]) => depth)).toEqual(['8', '14', '20', '32', '44', '56', '110']);
  fireEvent.click(screen.getByRole('button', { name: '44' }));
  expect([lane().depth, field('Depth').value]).toEqual(['44', '44']);
  expect(pressed().filter(([, on]) => on === 'true')).toEqual([['44', 'true']]);
});

test('an impossible depth stays as it was typed, is explained beside the field, and the nearest are offered', () => {
  const { type, lane, field, noteOf } = open();
  type('Depth', '21');
  expect([field('Depth').value, field('Depth').getAttribute('aria-invalid')]).toEqual(['21', 'true']);
  expect(noteOf('Depth').join()).toMatch(/6n \+ 2/);
  const offers = offered();
  expect(offers.map(({ textContent }) => textContent.match(/\d+/)?.[0])).toEqual(['20', '26']);
  fireEvent.click(offers[1]!);
  expect([lane().depth, field('Depth').getAttribute('aria-invalid')]).toEqual(['26', 'false']);
});

test('of a depth that articles tell of, it says which family that is', () => {
  const { type, noteOf } = open();
  type('Depth', '18');
  expect(noteOf('Depth')[0]).toBe(
    "Depth 18 does not exist: ResNet-18 is of the paper's ImageNet family (section 4.1: a 7x7 stem, four stages); here plain CIFAR nets have 6n + 2 layers; nearest: 14 or 20.",
  );
  type('Depth', '50');
  expect(noteOf('Depth')).toEqual(['6n + 2 layers']);
  type('Block', 'basic');
  expect(noteOf('Depth')[0]).toMatch(/^6n \+ 2 layers\. Not the ResNet-50 of articles/);
});

test.each([
  ['Depth', 'deep', /\u201cdeep\u201d is not a number/],
  ['Depth', '', /This is empty\./],
  ['Filters', '0', /0 does not work here\./],
  ['Filters', '1.5', /1\.5 does not work here\./],
])('%s %j is a fault of that field alone', (name, value, said) => {
  const { type, lane, field, noteOf } = open();
  type(name, value);
  expect(noteOf(name)[0]).toMatch(said);
  expect(lane()[name === 'Depth' ? 'depth' : 'width']).toBe(value);
  const other = name === 'Depth' ? 'Filters' : 'Depth';
  expect(field(other).getAttribute('aria-invalid')).toBe('false');
});

test('a plain net has no shortcut to choose, and says why; a residual one has', () => {
  const { field, type, noteOf, lane } = open();
  expect(field('Shortcut').disabled).toBe(true);
  expect(noteOf('Shortcut')[0]).toMatch(/plain/i);
  type('Block', 'basic');
  expect([field('Shortcut').disabled, lane().block]).toEqual([false, 'basic']);
  expect(field('Shortcut').hasAttribute('aria-describedby')).toBe(false);
  type('Shortcut', 'C');
  expect(lane().shortcut).toBe('C');
});

test('an optimiser of its own brings its customary rate, and a field for it', () => {
  const { type, lane, field } = open();
  expect(screen.queryByLabelText('Learning rate')).toBeNull();
  type('Optimiser', 'adam');
  expect([lane().optimizer?.type, field('Learning rate').value]).toEqual(['adam', '0.001']);
  type('Learning rate', 'fast');
  expect(field('Learning rate').getAttribute('aria-invalid')).toBe('true');
  type('Optimiser', 'shared');
  expect([lane().optimizer, screen.queryByLabelText('Learning rate')]).toEqual([null, null]);
});

test('a warm-up of its own is the paper\u2019s, or the one that came with a link', () => {
  const { type, lane, field, app } = open();
  const names = () => [...field('Warm-up').querySelectorAll('option')].map(({ textContent }) => textContent);
  expect(names()).toEqual(['As in the settings', 'Rate 0.01 until error 80%']);
  type('Warm-up', 'paper');
  expect(lane().warmUp).toEqual({ learningRate: 0.01, untilError: 0.8 });
  act(() => app.editLane(lane().id, { warmUp: { learningRate: 0.02, steps: 400 } }));
  expect([field('Warm-up').value, names()[2]]).toEqual(['given', 'Rate 0.02 for 400 steps']);
  type('Warm-up', 'shared');
  expect([lane().warmUp, names()]).toEqual([null, ['As in the settings', 'Rate 0.01 until error 80%']]);
});

test('without a name of its own the lane goes by its net\u2019s', () => {
  const { field, type, lane } = open();
  expect([field('Name').value, field('Name').placeholder]).toEqual(['', 'plain-20']);
  type('Name', 'mine');
  expect(lane().name).toBe('mine');
});
