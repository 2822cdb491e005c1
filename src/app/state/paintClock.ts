/**
 * When the page is told, and when it draws: its only timers for that. On a processor every frame that the page draws is taken from
 * training, and what is drawn for longer than a frame makes the page stutter. On its way from a batch to the screen a number passes,
 * in this order:
 *
 * 1. the *pack* of the training worker (training/metricsBuffer.ts): steps are sent together;
 * 2. {@link gather}: what several workers tell within a moment changes the state once;
 * 3. {@link atBeat}: what shows it, each at its own period, is drawn in the same frames (followSlowly.ts, useSlowAppState);
 * 4. {@link queuePaint}: of the canvases that are then due, one a frame;
 * 5. {@link whenStill}: what takes longer than a frame is drawn when it has stopped changing and the page is idle.
 */

/** Milliseconds for which what is told is gathered. */
const GATHERING = 50;

/** Calls back once, soon. By a timer: asked for a frame, the browser would make one although nothing on the page changes yet. */
export function gather(callback: () => void): void {
  setTimeout(callback, GATHERING);
}

/** Milliseconds between two beats. */
const BEAT = 250;

interface Waiting {
  readonly every: number;
  readonly callback: () => void;
}

let waiting = new Set<Waiting>();
let timer: ReturnType<typeof setInterval> | null = null;
let beats = 0;

function beat(): void {
  beats++;
  const due = [...waiting].filter(({ every }) => beats % every === 0);
  waiting = new Set([...waiting].filter((one) => !due.includes(one)));
  for (const { callback } of due) callback();
  if (waiting.size > 0 || timer === null) return;
  clearInterval(timer);
  timer = null;
}

/**
 * Calls back once, at the next beat that all with this period share; after about `period` milliseconds at most. Returns what
 * takes it back.
 */
export function atBeat(period: number, callback: () => void): () => void {
  const one: Waiting = { every: Math.max(1, Math.round(period / BEAT)), callback };
  waiting.add(one);
  timer ??= setInterval(beat, BEAT);
  return () => waiting.delete(one);
}

const paints: (() => void)[] = [];

/** Calls `paint` with one of the next frames, after those that wait already, one a frame. Returns what takes it back. */
export function queuePaint(paint: () => void): () => void {
  paints.push(paint);
  if (paints.length === 1) requestAnimationFrame(paintNext);
  return () => {
    const place = paints.indexOf(paint);
    if (place >= 0) paints.splice(place, 1);
  };
}

function paintNext(): void {
  paints.shift()?.();
  if (paints.length > 0) requestAnimationFrame(paintNext);
}

/** Milliseconds after which the page counts as idle, whatever it does. */
const MOST_BUSY = 300;

/** Calls back once, after `rest` milliseconds and when the page is then idle. Returns what takes it back. */
export function whenStill(rest: number, callback: () => void): () => void {
  let idle = 0;
  const wait = setTimeout(() => {
    // Safari has no idle callbacks: there it is called at once.
    if ('requestIdleCallback' in globalThis) idle = requestIdleCallback(callback, { timeout: MOST_BUSY });
    else callback();
  }, rest);
  return () => {
    clearTimeout(wait);
    if (idle) cancelIdleCallback(idle);
  };
}
