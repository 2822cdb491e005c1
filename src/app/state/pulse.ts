/**
 * One beat for all that is drawn slowly while training runs, so that it falls into the same frames: on a processor every frame that
 * the page draws is taken from training.
 */

/** Milliseconds. */
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
