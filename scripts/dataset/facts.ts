/** What is known of CIFAR-10, by which a wrong source is recognised before anything is trained on it. */
import type { Split } from '../../src/data/manifest.ts';
import { DatasetBuildError } from './source.ts';
import type { Statistics } from './statistics.ts';

const TOLERANCE = 1e-6;
const IMAGES_PER_CLASS: Record<Split, number> = { train: 5000, test: 1000 };
const TRAINING_MEAN = [0.49139968, 0.48215841, 0.44653091];
const TRAINING_DEVIATION = [0.24703223, 0.24348513, 0.26158784];
const FIRST_TRAINING_LABELS = [6, 9, 9, 4, 1, 1, 2, 7, 8, 3];

/** Throws {@link DatasetBuildError} naming every fact that does not hold. */
export function verifyFacts(statistics: Readonly<Record<Split, Statistics>>): void {
  const { train } = statistics;
  const faults = [
    ...Object.entries(IMAGES_PER_CLASS).flatMap(([split, images]) =>
      statistics[split as Split].classes.map((count, c) =>
        check(count === images, `${split} images of class ${c}`, images, count),
      ),
    ),
    check(near(train.mean, TRAINING_MEAN), 'training mean', TRAINING_MEAN, train.mean),
    check(
      near(train.deviation, TRAINING_DEVIATION),
      'training deviation',
      TRAINING_DEVIATION,
      train.deviation,
    ),
    check(
      String(train.firstLabels) === String(FIRST_TRAINING_LABELS),
      'first training labels',
      FIRST_TRAINING_LABELS,
      train.firstLabels,
    ),
  ].filter((fault) => fault !== undefined);
  if (faults.length > 0) {
    throw new DatasetBuildError(
      `The source is not CIFAR-10 as it is known: run \`npm ci\`.\n${faults.join('\n')}`,
    );
  }
}

const near = (found: readonly number[], expected: readonly number[]) =>
  expected.every((value, i) => Math.abs(value - (found[i] ?? NaN)) <= TOLERANCE);

function check(
  holds: boolean,
  what: string,
  expected: number | readonly number[],
  found: number | readonly number[],
): string | undefined {
  return holds ? undefined : `${what}: expected ${String(expected)}, found ${String(found)}`;
}
