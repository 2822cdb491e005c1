/** Training steps of several rivals on the same net and batch, taken in turns: what slows the machine slows all. */
import type { TimedStep } from './bencher.ts';
import type { Host } from './hosts/host.ts';
import type { Entry, Memory } from './rivals/specimen.ts';

export interface Racer {
  readonly label: string;
  readonly open: () => Promise<OpenRacer>;
}

export interface OpenRacer {
  /** What it turned out to run on, where that is news. */
  readonly about?: string;
  step(): Promise<TimedStep>;
  memory?(): Promise<Memory>;
  end(): Promise<void>;
}

export interface RaceOptions {
  readonly warmUp: number;
  readonly rounds: number;
  /** A rival takes no more rounds once its steps have taken as long, and no more warm-ups than fit into half of it. */
  readonly secondsEach: number;
}

export interface Place {
  readonly label: string;
  readonly about: string;
  /** Milliseconds of the timed steps, ascending. */
  readonly steps: readonly number[];
  readonly firstLoss: number;
  readonly memory: Memory | null;
}

/** A rival that could not run, and why. */
export interface Fallen {
  readonly label: string;
  readonly reason: string;
}

export function hostRacer(host: Host, label: string, entry: Entry): Racer {
  return {
    label,
    open: async () => {
      const { bencher, end } = await host.spawn();
      let about: string;
      try {
        about = await bencher.open(entry);
      } catch (error) {
        await end();
        throw error;
      }
      return { about, step: () => bencher.step(), memory: () => bencher.memory(), end };
    },
  };
}

interface Runner {
  readonly label: string;
  readonly racer: OpenRacer;
  readonly steps: number[];
  readonly firstLoss: number;
}

/** Losses of the first step may differ by this share: rounding, not another net. */
const SAME_NET = 0.01;

/** Throws if rivals do not train the same net. Nobody else's failure ends the race. */
export async function race(
  racers: readonly Racer[],
  { warmUp, rounds, secondsEach }: RaceOptions,
): Promise<{ places: Place[]; fallen: Fallen[] }> {
  const runners: Runner[] = [];
  const fallen: Fallen[] = [];
  for (const { label, open } of racers) {
    let racer: OpenRacer | null = null;
    try {
      racer = await open();
      const begun = performance.now();
      const { loss } = await racer.step();
      for (let i = 1; i < warmUp && performance.now() - begun < 500 * secondsEach; i++) await racer.step();
      runners.push({ label, racer, steps: [], firstLoss: loss });
    } catch (error) {
      fallen.push({ label, reason: String(error).split('\n')[0]! });
      await racer?.end();
    }
  }

  const spent = ({ steps }: Runner) => steps.reduce((sum, ms) => sum + ms, 0) / 1000;
  for (let round = 0; round < rounds; round++) {
    for (const runner of runners) {
      if (round > 0 && spent(runner) >= secondsEach) continue;
      runner.steps.push((await runner.racer.step()).milliseconds);
    }
  }

  const places: Place[] = [];
  for (const { label, racer, steps, firstLoss } of runners) {
    const memory = (await racer.memory?.()) ?? null;
    await racer.end();
    places.push({ label, about: racer.about ?? '', steps: steps.sort((a, b) => a - b), firstLoss, memory });
  }
  const [first] = places;
  const other = places.find(({ firstLoss }) => Math.abs(firstLoss / first!.firstLoss - 1) > SAME_NET);
  if (first && other) {
    const losses = places.map(({ label, firstLoss }) => `${label} ${firstLoss}`).join(', ');
    throw new Error(`the rivals do not train the same net, their first losses differ: ${losses}`);
  }
  return { places, fallen };
}
