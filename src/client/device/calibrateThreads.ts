/** How many threads a lane is given on WASM: measured, since cores may be busy, shared, or two names of the same one. */

import { median } from '../../model/median.ts';
import type { ThreadCalibration } from '../../protocol/protocol.ts';

/** Threads that gain less than this are left to the page and to other programs. */
const WORTH_IT = 1.1;
/** Measurements of each number of threads: one alone may fall into a moment when something else was busy. */
const ROUNDS = 3;

/** Lanes that are ready to be measured with some number of threads each. */
export interface Candidate {
  /** Threads that really compute for a lane: a browser may start fewer than were asked for. */
  readonly threads: number;
  /** Seconds of a step of every lane, all at once. */
  seconds(): Promise<number>;
  /** Gives the lanes' workers back. */
  close(): void;
}

/** Threads of a lane worth measuring against one: all cores shared among the lanes, and half (cores may come in pairs). */
function candidates(cores: number, lanes: number): number[] {
  const most = Math.floor(cores / Math.max(1, lanes));
  return [most, most >> 1].filter((threads) => threads > 1);
}

/**
 * The calibration for so many lanes at once, where `open` gets lanes ready with that many threads each; null where one thread a lane
 * is all there is. No more than two candidates are open at once, since each lane of each has a heap. Rejects as `open` and `seconds`
 * do; what is open then is closed by whoever opened it.
 */
export async function calibrateThreads(
  { cores, lanes }: { readonly cores: number; readonly lanes: number },
  open: (threads: number) => Promise<Candidate>,
): Promise<ThreadCalibration | null> {
  const [most, ...others] = candidates(cores, lanes);
  if (most === undefined) return null;
  const one = await open(1);
  let best = await open(most);
  let tried = most;
  if (best.threads < most) {
    one.close();
    best.close();
    return { threads: 1, tried: most, gain: null };
  }
  let gain = await timesAsFast(one, best);
  one.close();
  for (const threads of others) {
    const other = await open(threads);
    const ratio = await timesAsFast(best, other);
    // Fewer threads that are as fast are better.
    const isBetter = other.threads === threads && ratio * WORTH_IT > 1;
    (isBetter ? best : other).close();
    if (isBetter) [best, tried, gain] = [other, threads, gain * ratio];
  }
  best.close();
  // More times as fast than there are threads: the one was disturbed, and by how much nobody knows.
  return { threads: gain >= WORTH_IT ? tried : 1, tried, gain: gain > tried ? null : gain };
}

/** How many times as fast as `a` `b` is: both are measured in turn, so that what disturbs the machine for a while disturbs both. */
async function timesAsFast(a: Candidate, b: Candidate): Promise<number> {
  const [ofA, ofB]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    ofA.push(await a.seconds());
    ofB.push(await b.seconds());
  }
  return median(ofA) / median(ofB);
}
