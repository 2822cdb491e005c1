/** The runs of the page as a table: one row for each lane and step. */
import type { Run } from '../store/run.ts';
import { writeCsv } from './csv.ts';

/** Errors are shares, 0 to 1; times are seconds of training; what was not measured at a step is empty. */
export const runColumns = [
  'lane',
  'name',
  'step',
  'epoch',
  'training_seconds',
  'learning_rate',
  'training_loss',
  'training_error',
  'test_loss',
  'test_error',
  'test_images',
] as const;

/** CSV with a header. Numbers are written so that reading them back gives the same ones; also NaN and Infinity. */
export function runsToCsv(runs: readonly Run[]): string {
  return writeCsv([runColumns, ...runs.flatMap(recordsOf)]);
}

function recordsOf(run: Run): string[][] {
  // Where a step was evaluated twice, the later evaluation is the one with more images.
  const evaluations = new Map(run.evaluations.map((evaluation) => [evaluation.step, evaluation]));
  const steps = Math.max(run.error.length, ...evaluations.keys());
  return Array.from({ length: steps }, (_, i) => {
    const test = evaluations.get(i + 1);
    const numbers = [
      run.epoch.at(i),
      run.trainingSeconds.at(i),
      run.learningRate.at(i),
      run.loss.at(i),
      run.error.at(i),
      test?.loss,
      test?.error,
      test?.images,
    ];
    return [run.lane, run.name, String(i + 1), ...numbers.map((n) => (n === undefined ? '' : String(n)))];
  });
}
