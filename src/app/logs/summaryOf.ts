/** What an imported run amounts to, for a person who decides whether it was read as it was meant. */
import type { LogSummary } from '../messages/enLogs.ts';
import type { Run } from '../store/run.ts';

export function summaryOf(run: Run): LogSummary {
  const steps = run.loggedSteps;
  const tests = run.evaluations.map(({ step }) => step);
  const firsts = [steps ? (steps.at(0) ?? Infinity) : 1, tests[0] ?? Infinity];
  const last = (values: ArrayLike<number | null>) => Array.from(values).findLast(Number.isFinite) ?? null;
  return {
    points: Math.max(run.error.length, run.loss.length),
    tests: tests.length,
    from: Math.min(...firsts),
    to: run.step,
    error: last(run.error.values),
    loss: last(run.loss.values),
    testError: last(run.evaluations.map(({ error }) => error)),
  };
}
