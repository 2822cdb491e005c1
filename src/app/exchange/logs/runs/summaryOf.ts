/** What an imported run amounts to, for a person who decides whether it was read as it was meant. */
import type { LogSummary } from '../logProtocol.ts';
import type { Run } from '../../../state/run.ts';

export function summaryOf(run: Run): LogSummary {
  const steps = run.loggedSteps;
  const tests = run.evaluations.map(({ step }) => step);
  const firsts = [steps ? (steps.at(0) ?? Infinity) : 1, tests[0] ?? Infinity];
  return {
    points: Math.max(run.error.length, run.loss.length),
    tests: tests.length,
    from: Math.min(...firsts),
    to: run.step,
    error: lastFinite(run.error.values),
    loss: lastFinite(run.loss.values),
    testError: lastFinite(run.evaluations.map(({ error }) => error)),
  };
}

function lastFinite(values: ArrayLike<number | null>): number | null {
  for (let i = values.length - 1; i >= 0; i--) {
    const value = values[i] ?? NaN;
    if (Number.isFinite(value)) return value;
  }
  return null;
}
