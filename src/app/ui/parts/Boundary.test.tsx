// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Boundary } from './Boundary.tsx';
import { PartError } from './partError.ts';
import { RescueContext, type Rescue } from './RescueContext.ts';

// React says on the console what a boundary has caught.
beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined));
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

let broken: unknown;
function Part() {
  if (broken) throw broken; // eslint-disable-line @typescript-eslint/only-throw-error -- what others throw need be no Error
  return <p>all is well</p>;
}
const runs: Rescue = { subscribe: () => () => undefined, hasRuns: () => true, save: () => undefined };
const buttons = () => screen.getAllByRole('button').map(({ textContent }) => textContent);

function show(
  error: unknown,
  { rescue, ...props }: { rescue?: Rescue; small?: boolean; onRetry?: () => void } = {},
) {
  broken = error;
  const part = (attempt: number) => (
    <Boundary name="verdict" attempt={attempt} {...props}>
      <Part />
    </Boundary>
  );
  const page = (attempt: number) => (
    <>
      {rescue ? <RescueContext value={rescue}>{part(attempt)}</RescueContext> : part(attempt)}
      <p>the rest</p>
    </>
  );
  const { rerender } = render(page(0));
  return { next: (attempt: number) => rerender(page(attempt)) };
}

test('what does not fail is shown, and nothing else', () => {
  show(null);
  expect([screen.getByText('all is well').tagName, screen.queryByRole('alert')]).toEqual(['P', null]);
});

test('what fails says so by its name, and the rest of the page stands', () => {
  show(new Error('x is undefined'));
  const said = screen.getByRole('alert').textContent;
  expect(said).toContain('The verdict failed. What happened: x is undefined. The rest of the page goes on.');
  expect(said).toContain('Your lanes and settings are here: nothing is lost.');
  expect(screen.getByText('the rest').isConnected).toBe(true);
  expect(buttons()).toEqual(['Try again']);
});

test('something thrown that is no Error is told as well', () => {
  show('just text');
  expect(screen.getByRole('alert').textContent).toContain('What happened: just text.');
});

test.each([
  ['missing', 'The server has no Verdict-1a2b.js. Try again; if it stays so, save your runs'],
  ['late', 'The server has not sent Verdict-1a2b.js within half a minute'],
  ['unreachable', 'The server cannot be reached'],
] as const)('a part that is %s was not loaded, and why is said', (fault, why) => {
  show(new PartError(fault, 'assets/Verdict-1a2b.js'));
  expect(screen.getByRole('alert').textContent).toContain(`The verdict could not be loaded. ${why}`);
});

test('where there are runs they are said to be safe, and can be saved', () => {
  const save = vi.fn<Rescue['save']>();
  show(new Error('x'), { rescue: { ...runs, save } });
  expect(screen.getByRole('alert').textContent).toContain('Your runs are here, and what trains goes on.');
  fireEvent.click(screen.getByRole('button', { name: 'Save runs as JSON' }));
  expect(save).toHaveBeenCalledTimes(1);
  expect(typeof save.mock.calls[0]![0].timeStamp).toBe('number');
});

test('runs that come later can be saved as soon as they are there', async () => {
  let changed: () => void = () => undefined;
  let has = false;
  const subscribe = (listener: () => void) => ((changed = listener), () => undefined);
  show(new Error('x'), { rescue: { ...runs, subscribe, hasRuns: () => has } });
  expect(buttons()).toEqual(['Try again']);
  has = true;
  changed();
  expect((await screen.findByRole('button', { name: 'Save runs as JSON' })).isConnected).toBe(true);
});

test('another try makes ready first, and shows the part again', () => {
  const onRetry = vi.fn(() => (broken = null));
  show(new Error('x'), { onRetry });
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(onRetry).toHaveBeenCalledTimes(1);
  expect([screen.getByText('all is well').tagName, screen.queryByRole('alert')]).toEqual(['P', null]);
});

test('another attempt from outside tries once more', () => {
  const { next } = show(new Error('x'));
  broken = null;
  next(0);
  expect(screen.queryByText('all is well')).toBeNull();
  next(1);
  expect(screen.getByText('all is well').isConnected).toBe(true);
});

test('where there is room for a word only, the reason is its title', () => {
  show(new PartError('unreachable', null), { small: true, rescue: runs });
  const note = screen.getByText(/^The verdict: not loaded\./);
  expect(note.title).toMatch(/^The server cannot be reached/);
  expect([screen.queryByRole('alert'), buttons()]).toEqual([null, ['Try again']]);
});
