/** The gap between the errors of two runs, and how large it is by chance alone. */
import type { ComparedRun, Test } from './comparedRun.ts';
import { isGuessing } from './guessing.ts';
import { sharedSteps } from './pairs.ts';
import { studentT } from './studentT.ts';
import { commonWindows, moments, type Window } from './window.ts';

/** What a gap was measured from. */
export type Evidence =
  /** The training error over a window of each run. */
  | { readonly kind: 'steps'; readonly windows: readonly [Window, Window] }
  /** The same over several seeds, ascending; `std` is the standard deviation (n - 1) of the gap between them, 0 to 1. */
  | { readonly kind: 'seeds'; readonly seeds: readonly number[]; readonly std: number }
  /** The test error of both after this step, on so many test images at least. */
  | { readonly kind: 'test'; readonly step: number; readonly images: number };

export interface Gap {
  /** The first's error less the second's. */
  readonly difference: number;
  /** What the difference has to exceed, 0 to 1. */
  readonly noise: number;
  readonly errors: readonly [number, number];
  readonly evidence: Evidence;
}

/**
 * Why two runs that were compared support no claim: the gap is within the noise, there are too few steps yet, a window holds a value
 * that is not finite, both guess, not every step was logged, or they were never tested after the same step.
 */
export type Silence = 'noise' | 'short' | 'broken' | 'guessing' | 'sparse' | 'untested';

/** The gap seen from the other side. */
export function turned({ difference, noise, errors: [a, b], evidence }: Gap): Gap {
  const windows =
    evidence.kind === 'steps' ? { windows: [evidence.windows[1], evidence.windows[0]] as const } : {};
  return { difference: -difference, noise, errors: [b, a], evidence: { ...evidence, ...windows } };
}

/** The training errors of one seed; the larger of `comparisons` gaps is to be taken. */
export function gapOfLanes(a: ComparedRun, b: ComparedRun, comparisons: number): Gap | Silence {
  if (!a.error || !b.error) return 'sparse';
  const windows = commonWindows(progressOf(a, a.error), progressOf(b, b.error));
  const shared = sharedSteps(a, b) ?? 0;
  if (!windows || windows.some(({ from }) => from <= shared)) return 'short';
  const [one, other] = [moments(a.error, windows[0]), moments(b.error, windows[1])];
  const standardError = Math.hypot(one.standardError, other.standardError);
  const steps = windows.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  const noise = Math.max(2, studentT(steps - 2, comparisons)) * standardError;
  const difference = one.mean - other.mean;
  if (!Number.isFinite(difference + noise)) return 'broken';
  if (isGuessing(one) && isGuessing(other)) return 'guessing';
  return { difference, noise, errors: [one.mean, other.mean], evidence: { kind: 'steps', windows } };
}

export const progressOf = ({ setting, ended }: ComparedRun, { length }: ArrayLike<number>) => ({
  steps: length,
  batchSize: setting?.config.batchSize ?? 1,
  ended,
});

/** More than any: so many images are counted that Student's t is the normal distribution. */
const MANY = 10_000;

/** The errors on the test images, after the last step at which both were tested. */
export function gapOfTests(a: ComparedRun, b: ComparedRun, comparisons: number): Gap | Silence {
  const both = a.tests.flatMap((test) => {
    const same = b.tests.find(({ step }) => step === test.step && step > (sharedSteps(a, b) ?? 0));
    return same ? [[test, same] as const] : [];
  });
  const last = both.at(-1);
  if (!last) return a.ended && b.ended ? 'untested' : 'short';
  const [one, other] = [counted(last[0]), counted(last[1])];
  const noise = Math.max(2, studentT(MANY, comparisons)) * Math.hypot(one.standardError, other.standardError);
  const difference = one.mean - other.mean;
  if (!Number.isFinite(difference + noise)) return 'broken';
  if (isGuessing(one) && isGuessing(other)) return 'guessing';
  const images = Math.min(last[0].images, last[1].images);
  const evidence = { kind: 'test', step: last[0].step, images } as const;
  return { difference, noise, errors: [one.mean, other.mean], evidence };
}

const counted = ({ error, images }: Test) => ({
  mean: error,
  standardError: Math.sqrt((error * (1 - error)) / images),
});
