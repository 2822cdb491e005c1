import { describe, expect, test } from 'vitest';
import { hashLosses, NO_LOSSES } from '../src/model/lossHash.ts';
import { checkpointOf } from '../src/model/testing/checkpoints.ts';
import { CommandError } from './commandError.ts';
import { linesUntil } from './eventLines.ts';

const losses = Float32Array.of(2.5, Math.fround(2.1), 1.75, 1.5, 1.25, 1);
const step = (number: number, loss: unknown = losses[number - 1]) =>
  JSON.stringify({
    ...{ kind: 'step', step: number, loss },
    ...{ error: 0.5, learningRate: 0.1, epoch: 0.1, trainingSeconds: 1 },
  });
const evaluation = (number: number) =>
  JSON.stringify({
    ...{ kind: 'evaluation', step: number, images: 10, complete: false },
    ...{ loss: 2, error: 0.5, seconds: 1 },
  });
const norms = (number: number) => `{"kind":"gradientNorms","step":${number},"norms":{}}`;
const state = (number: number, reason?: string) => JSON.stringify({ kind: 'state', step: number, reason });

/** What is kept of `lines` before a checkpoint after `steps` steps, as their number. */
function keptOf(lines: readonly string[], steps: number, isEvaluationDue = false, end = '\n') {
  const text = lines.join('\n') + end;
  const lossHash = hashLosses(NO_LOSSES, losses.slice(0, steps));
  const recentErrors = Array<number>(steps).fill(0.5);
  const checkpoint = checkpointOf(
    { step: steps, recentErrors, lossHash, isEvaluationDue },
    { evaluation: { every: 2 } },
  );
  const { bytes, evaluation: last } = linesUntil(text, checkpoint.state, 'events.jsonl');
  return { kept: text.slice(0, bytes).split('\n').length - 1, evaluated: last?.step };
}

describe('the lines before a checkpoint', () => {
  const lines = [state(0), norms(1), step(1), norms(2), step(2), evaluation(2), step(3)];
  const all = [...lines, norms(4), step(4), evaluation(4), state(4, 'completed')];

  test.each([
    // After the evaluation of its step.
    [2, false, 6, 2],
    // Before it: the evaluation will be made again.
    [2, true, 5, undefined],
    // The norms of a step stand before it.
    [3, false, 7, 2],
    [1, false, 3, undefined],
    [0, false, 1, undefined],
    // The end is told again.
    [4, false, 10, 4],
    [4, true, 9, 2],
  ])('after %i steps, evaluation due: %s', (steps, isDue, kept, evaluated) => {
    expect(keptOf(all, steps, isDue)).toEqual({ kept, evaluated });
  });

  test('an evaluation at the end, which was told between checkpoint and kill, is made again', () => {
    expect(keptOf([...lines, evaluation(3), state(3, 'completed')], 3)).toEqual({ kept: 7, evaluated: 2 });
  });

  test('a run that was gone on with before keeps the line that says so', () => {
    expect(keptOf([...lines.slice(0, 6), state(2), step(3), step(4)], 3).kept).toBe(8);
  });

  test('what a crash has left behind them is cut off, half lines and nonsense', () => {
    expect(keptOf(lines, 3, false, '\n{"kind":"st').kept).toBe(7);
    expect(keptOf([...lines, '\0\0\0', step(4)], 3).kept).toBe(7);
    expect(keptOf([...lines, step(9)], 3).kept).toBe(7);
  });

  test.each([
    ['a step missing', [state(0), step(1), step(3)], 3, 'events.jsonl lacks step 2'],
    ['a step twice', [state(0), step(1), step(1), step(2)], 2, 'events.jsonl lacks step 2'],
    ['too few steps', [state(0), step(1)], 3, 'lacks step 2, and the checkpoint is of step 3'],
    ['the last line half', [state(0), step(1), step(2), step(3).slice(0, 20)], 3, 'line 4'],
    ['other losses', [state(0), step(1, 2.25)], 1, 'of another run than the checkpoint'],
    ['a loss that is none', [state(0), step(1, null)], 1, 'of another run than the checkpoint'],
    ['a loss of another kind', [state(0), step(1, 'two')], 1, 'events.jsonl, line 2'],
    ['its evaluation missing', [state(0), step(1), step(2)], 2, 'lacks the evaluation after step 2'],
    ['an unknown kind', ['{"kind":"other"}', step(1)], 1, 'events.jsonl, line 1'],
    ['nothing at all', [''], 1, 'events.jsonl, line 1'],
  ])('are refused with %s', (_, given, steps, message) => {
    expect(() => keptOf(given, steps)).toThrow(CommandError);
    expect(() => keptOf(given, steps)).toThrow(message);
  });
});
