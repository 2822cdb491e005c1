/** What the charts and the table ask of a run. */
import type { Run } from '../../../src/app/state/run.ts';
import { Violation } from '../fuzz.ts';

export function mustDraw(run: Run): void {
  const steps = run.loggedSteps ? [...run.loggedSteps.values] : null;
  if (steps && !ascends(steps)) throw new Violation('was taken, and its steps do not ascend');
  if (
    !ascends(
      run.evaluations.map(({ step }) => step),
      true,
    )
  ) {
    throw new Violation('was taken, and its tests do not ascend');
  }
  if (!Number.isInteger(run.step) || run.step < 0) throw new Violation(`was taken, and has step ${run.step}`);
  const { loss, error, learningRate, epoch, trainingSeconds } = run;
  const length = steps?.length ?? Math.max(error.length, loss.length);
  for (const series of [loss, error, learningRate, epoch, trainingSeconds]) {
    if (series.length !== 0 && series.length !== length) {
      throw new Violation('was taken, and its curves have different lengths');
    }
  }
}

const ascends = (values: readonly number[], orStays = false) =>
  values.every((value, i) => {
    const before = values[i - 1] ?? -Infinity;
    return Number.isSafeInteger(value) && (orStays ? value >= before : value > before);
  });
