// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { readFileSync } from 'node:fs';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { endRun, type Run } from '../state/run.ts';
import { mount, onStage, runsBefore, trained } from '../testing/mount.tsx';
import { knownParts } from '../ui/parts/part.ts';
import { StartPlace } from './StartPlace.tsx';

const [shallow, deep, residual] = runsBefore as [Run, Run, Run];
const done = (run: Run) => endRun(run, { reason: 'completed', divergedAt: null, failure: null });
const flat = (run: Run, error: number, steps = 60) => trained(run, Array<number>(steps).fill(error));

// What comes later is here: no test waits for it.
beforeAll(() => Promise.all(knownParts().map((part) => part.load())), 60_000);

let preview: () => Promise<Response>;
beforeEach(() => {
  preview = () => Promise.resolve(new Response('', { status: 404 }));
  vi.stubGlobal('fetch', () => preview());
});
afterEach(() => vi.unstubAllGlobals());

const section = (name: string) => within(screen.getByRole('region', { name }));
const buttons = () => screen.getAllByRole('button').map((button) => button.textContent);

test('it asks one question, and each answer is given by its button', () => {
  const answer = vi.fn(() => Promise.resolve());
  mount(<StartPlace />, {}, { answer });
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(
    'Twenty layers or fifty-six: which learns better?',
  );
  fireEvent.click(screen.getByRole('button', { name: 'Twenty layers' }));
  fireEvent.click(screen.getByRole('button', { name: 'Fifty-six layers' }));
  expect(answer.mock.calls).toEqual([['shallow'], ['deep']]);
});

test('both nets are drawn with as many layers as they are called, on one scale', () => {
  mount(<StartPlace />);
  const drawn = ['Twenty layers', 'Fifty-six layers'].map((name) => {
    const svg = screen.getByRole('button', { name }).querySelector('svg')!;
    return svg.querySelectorAll('rect').length;
  });
  // Of the last layer the ten outputs are drawn.
  expect(drawn).toEqual([20 - 1 + 10, 56 - 1 + 10]);
  const [short, long] = [...document.querySelectorAll<HTMLElement>('.start-lit')].map(({ style }) =>
    parseFloat(style.width),
  );
  expect(long).toBe(100);
  expect(short).toBeGreaterThan(30);
  expect(short).toBeLessThan(45);
});

test('a photograph that does not come leaves its place, and the drawing', () => {
  const { container } = mount(<StartPlace />);
  const images = container.querySelectorAll('img');
  // One that goes in beside each.
  const photograph = ['A photograph of CIFAR-10, 32 by 32 pixels', 32, 320];
  expect([...images].map(({ alt, width, height }) => [alt, width, height])).toEqual([
    photograph,
    ['', 32, 320],
    photograph,
    ['', 32, 320],
  ]);
  images.forEach((image) => fireEvent.error(image));
  expect(container.querySelectorAll('img')).toHaveLength(0);
  expect(container.querySelectorAll('.start-photograph')).toHaveLength(2);
  expect(container.querySelectorAll('.start-net svg')).toHaveLength(2);
});

test('before anything trained that is said, and the ways lead to the lab and to the recorded curves', () => {
  const goTo = vi.fn();
  const watchRecorded = vi.fn(() => Promise.resolve());
  mount(<StartPlace />, {}, { goTo, watchRecorded });
  expect(section('Your last run').getByText('None yet: an answer begins one.').isConnected).toBe(true);
  expect(section('Your last run').queryAllByRole('button')).toEqual([]);
  fireEvent.click(section('The lab').getByRole('button'));
  for (const way of section('Recorded runs').getAllByRole('button')) fireEvent.click(way);
  expect(goTo.mock.calls).toEqual([['lab']]);
  expect(watchRecorded.mock.calls).toEqual([[null], ['depth']]);
});

test('while something trains no answer is offered, but the way to it', () => {
  const goTo = vi.fn();
  mount(<StartPlace />, onStage(done(flat(shallow, 0.4)), flat(deep, 0.7)), { goTo });
  expect(screen.queryByRole('button', { name: 'Twenty layers' })).toBeNull();
  expect(screen.getByText('plain-56, step 60 of 100, trains now.').isConnected).toBe(true);
  fireEvent.click(screen.getByRole('button', { name: 'Go and look' }));
  expect(goTo.mock.calls).toEqual([['lab']]);
});

test('of several that train the one that is furthest behind is told, as in the bar', () => {
  mount(<StartPlace />, onStage(flat(shallow, 0.4), { ...flat(deep, 0.7), step: 55 }));
  expect(screen.getByText('plain-56, step 55 of 100, trains now.').isConnected).toBe(true);
  cleanup();
  mount(<StartPlace />, onStage(flat(shallow, 0.4), flat(deep, 0.7)));
  expect(screen.getByText('plain-20, step 60 of 100, trains now.').isConnected).toBe(true);
});

test('a run that is paused, or gets ready, is not said to train', () => {
  const { set } = mount(<StartPlace />, onStage({ ...flat(deep, 0.7), state: 'paused' }));
  expect(screen.getByText('plain-56, step 60 of 100, is paused.').isConnected).toBe(true);
  set(onStage(deep));
  expect(buttons()).toContain('Go and look');
});

test('the last run is told by its nets, their training errors by name, and a curve of each', () => {
  mount(<StartPlace />, onStage(done(flat(shallow, 0.4)), done(flat(deep, 0.7))));
  const last = section('Your last run');
  expect(last.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'plain-20 training error 40.0%',
    'plain-56 training error 70.0%',
  ]);
  expect(last.getByText('Done after 60 steps.').isConnected).toBe(true);
  expect(document.querySelectorAll('.start-spark path')).toHaveLength(2);
  expect(last.getByRole('button').textContent).toBe('Back to it in the lab');
  // They may be answered anew.
  expect(screen.getByRole('button', { name: 'Twenty layers' }).isConnected).toBe(true);
});

test('of many nets five are named, and one without a step has no error yet', () => {
  const more = Array.from({ length: 5 }, (_, i) => done({ ...residual, id: `r${i}` }));
  mount(<StartPlace />, onStage(done(flat(shallow, 0.4)), ...more));
  const last = section('Your last run');
  expect(last.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'plain-20 training error 40.0%',
    ...Array<string>(4).fill('ResNet-56 no training error yet'),
  ]);
  expect(last.getByText(/^and one net more\. /).isConnected).toBe(true);
});

test('after an answer it is told what came out', () => {
  mount(<StartPlace />, {
    prediction: 'deep',
    ...onStage(done(flat(shallow, 0.4)), done(flat(deep, 0.7))),
  });
  expect(
    screen.getByText(/^You said fifty-six\. After 60 steps plain-56 makes 30\.0 points/).isConnected,
  ).toBe(true);
});

test('recorded runs play behind it once they have come, unseen by a screen reader, and say which is which after the answer', async () => {
  preview = () => Promise.resolve(new Response(readFileSync('public/recordings/preview.json', 'utf8')));
  const { container, set } = mount(<StartPlace />);
  expect(container.querySelector('.start-recorded')?.childElementCount).toBe(0);
  await vi.waitFor(() => expect(container.querySelectorAll('.start-recorded path')).toHaveLength(2));
  const recorded = container.querySelector('.start-recorded')!;
  expect(recorded.getAttribute('aria-hidden')).toBe('true');
  const colours = () =>
    new Set([...recorded.querySelectorAll('path')].map((path) => path.getAttribute('stroke')));
  expect(recorded.textContent).toBe('two recorded runs; which is which, after your answer');
  expect([...colours()]).toEqual(['var(--other-0)']);
  set({ prediction: 'deep' });
  expect(recorded.textContent).toBe(
    'recorded, 4,000 steps: plain-56 above plain-20. Training error, lower is better',
  );
  expect(colours().size).toBe(2);
});
