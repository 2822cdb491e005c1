import type { Run } from './run.ts';
import { Series } from './series.ts';

/**
 * The run as it was after `step` steps, and waiting to go on. Where `evaluationDue`, the test after that step was still to come. Of a run of
 * which every step was logged.
 */
export function runUpTo(run: Run, step: number, evaluationDue: boolean): Run {
  const first = (series: Series) =>
    series.length <= step ? series : Series.over(series.values.slice(0, step));
  const packs = run.speedSteps.values.filter((last) => last <= step).length;
  const isBefore = ({ step: at }: { readonly step: number }) => at < step || (at === step && !evaluationDue);
  return {
    ...run,
    state: 'waiting',
    end: null,
    stopping: false,
    terminated: false,
    silent: null,
    compiling: null,
    step,
    loss: first(run.loss),
    error: first(run.error),
    learningRate: first(run.learningRate),
    trainingSeconds: first(run.trainingSeconds),
    wallSeconds: first(run.wallSeconds),
    epoch: first(run.epoch),
    speedSteps: Series.over(run.speedSteps.values.slice(0, packs)),
    imagesPerSecond: Series.over(run.imagesPerSecond.values.slice(0, packs)),
    evaluations: run.evaluations.filter(isBefore),
    missed: run.missed.filter(isBefore),
    pauses: run.pauses.filter((at) => at <= step),
  };
}
