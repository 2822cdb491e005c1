import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { atBeat, gather, queuePaint, whenStill } from './paintClock.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('callbacks of one period fall into one beat, whenever they were asked for, and are called once', () => {
  const calls: string[] = [];
  atBeat(1000, () => calls.push('a'));
  vi.advanceTimersByTime(300);
  atBeat(1000, () => calls.push('b'));
  atBeat(250, () => calls.push('fast'));
  vi.advanceTimersByTime(250);
  expect(calls).toEqual(['fast']);
  vi.advanceTimersByTime(1000);
  expect(calls).toEqual(['fast', 'a', 'b']);
  vi.advanceTimersByTime(5000);
  expect(calls).toHaveLength(3);
});

test('one that is taken back is not called, and nothing beats when nobody waits', () => {
  let called = 0;
  const cancel = atBeat(500, () => called++);
  cancel();
  vi.advanceTimersByTime(2000);
  expect(called).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});

test('who asks again in its callback is called a period later', () => {
  let called = 0;
  const again = () => {
    called++;
    if (called < 3) atBeat(500, again);
  };
  atBeat(500, again);
  vi.advanceTimersByTime(1600);
  expect(called).toBe(3);
});

test('what is gathered comes once, soon, and asks for no frame', () => {
  const frame = vi.fn();
  vi.stubGlobal('requestAnimationFrame', frame);
  let called = 0;
  gather(() => called++);
  expect(called).toBe(0);
  vi.advanceTimersByTime(100);
  expect([called, frame.mock.calls.length]).toEqual([1, 0]);
});

test('one paint a frame, in their order; one that is taken back costs none', () => {
  let frames: (() => void)[] = [];
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => frames.push(callback));
  const nextFrame = () => {
    const due = frames;
    frames = [];
    for (const callback of due) callback();
  };
  const painted: string[] = [];
  queuePaint(() => painted.push('a'));
  const takeBack = queuePaint(() => painted.push('b'));
  queuePaint(() => painted.push('c'));
  takeBack();
  takeBack();
  nextFrame();
  expect(painted).toEqual(['a']);
  nextFrame();
  expect([painted, frames.length]).toEqual([['a', 'c'], 0]);
});

test('a painting of several steps takes a frame for each; begun it is ended, also where it changes with every frame', () => {
  let frames: (() => void)[] = [];
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => frames.push(callback));
  const painted: string[] = [];
  const paint = (name: string) =>
    queuePaint(
      () => painted.push(`${name} begins`),
      () => painted.push(`${name} ends`),
    );
  let takeBack: () => void = () => undefined;
  for (const name of ['a', 'b', 'c', 'd']) {
    takeBack();
    takeBack = paint(name);
    const due = frames;
    frames = [];
    for (const callback of due) callback();
  }
  expect(painted).toEqual(['a begins', 'a ends', 'c begins', 'c ends']);
  for (let i = 0; i < 3; i++) for (const callback of frames.splice(0)) callback();
  expect(painted.slice(4)).toEqual(['d begins', 'd ends']);
  expect(frames).toEqual([]);
});

test.each([true, false])('what is still is drawn when the page is idle; idle callbacks: %s', (hasIdle) => {
  const idle: (() => void)[] = [];
  if (hasIdle) {
    vi.stubGlobal('requestIdleCallback', (callback: () => void) => idle.push(callback));
    vi.stubGlobal('cancelIdleCallback', (handle: number) => idle.splice(handle - 1, 1));
  }
  const called: string[] = [];
  whenStill(90, () => called.push('a'));
  const takeBack = whenStill(100, () => called.push('b'));
  vi.advanceTimersByTime(89);
  expect(called).toEqual([]);
  vi.advanceTimersByTime(1);
  for (const callback of idle.splice(0)) callback();
  expect(called).toEqual(['a']);
  takeBack();
  vi.advanceTimersByTime(500);
  for (const callback of idle.splice(0)) callback();
  expect(called).toEqual(['a']);
});
