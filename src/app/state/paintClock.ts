/**
 * When the page is told, and when it draws: its only timers for that. On a processor every frame that the page draws is taken from
 * training, and what is drawn for longer than a frame makes the page stutter. On its way from a batch to the screen a number passes,
 * in this order:
 *
 * 1. the *pack* of the training worker (training/metricsBuffer.ts): steps are sent together;
 * 2. {@link gather}: what several workers tell within a moment changes the state once;
 * 3. {@link atBeat}: what shows it, each at its own period, is drawn in the same frames (followSlowly.ts, useSlowAppState);
 * 4. {@link queuePaint}: of the canvases that are then due, one a frame, or a step of one;
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

interface Painting {
  readonly steps: readonly (() => void)[];
  done: number;
}

let paints: readonly Painting[] = [];
let isAsked = false;

/** One frame at a time: what is taken back leaves the one that was asked for. */
function askForFrame(): void {
  if (isAsked || paints.length === 0) return;
  isAsked = true;
  requestAnimationFrame(paintNext);
}

/**
 * Paints in one of the next frames, after what waits already: a step a frame. Returns what takes it back; once begun it is ended, or what
 * changes with every frame would never be seen.
 */
export function queuePaint(...steps: readonly (() => void)[]): () => void {
  const painting: Painting = { steps, done: 0 };
  paints = [...paints, painting];
  askForFrame();
  return () => {
    if (painting.done === 0) paints = paints.filter((one) => one !== painting);
  };
}

function paintNext(): void {
  isAsked = false;
  const [next] = paints;
  if (!next) return;
  const step = next.steps[next.done++];
  if (next.done >= next.steps.length) paints = paints.filter((one) => one !== next);
  step?.();
  askForFrame();
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
