/** How many threads a lane is given on WASM: measured, since cores may be busy, shared, or two names of the same one. */

import type { ThreadCalibration } from './protocol.ts';

/** Threads that gain less than this are left to the page and to other programs. */
const WORTH_IT = 1.1;

/** Threads of a lane worth measuring against one: all cores shared among the lanes, and half (cores may come in pairs). */
function candidates(cores: number, lanes: number): number[] {
  const most = Math.floor(cores / Math.max(1, lanes));
  return [most, most >> 1].filter((threads) => threads > 1);
}

/** Lanes share the cores; what holds until it is measured. */
export const threadsUnmeasured = (cores: number, lanes: number): number =>
  Math.max(1, Math.floor(cores / Math.max(1, lanes)));

/**
 * The calibration for so many lanes at once, where `measure` gives the seconds of a step of every lane with that many threads each;
 * null where one thread a lane is all there is. Rejects as `measure` does.
 */
export async function calibrateThreads(
  { cores, lanes }: { readonly cores: number; readonly lanes: number },
  measure: (threads: number) => Promise<number>,
): Promise<ThreadCalibration | null> {
  const [most, ...others] = candidates(cores, lanes);
  if (most === undefined) return null;
  const one = await measure(1);
  let best = { tried: most, seconds: await measure(most) };
  for (const tried of others) {
    const seconds = await measure(tried);
    // Fewer threads that are as fast are better.
    if (seconds < WORTH_IT * best.seconds) best = { tried, seconds };
  }
  const gain = one / best.seconds;
  return { threads: gain >= WORTH_IT ? best.tried : 1, tried: best.tried, gain };
}
