/** The lines of events.jsonl, read again. */
import * as v from 'valibot';
import type { CheckpointState } from '../src/model/checkpoint.ts';
import { hashLosses, NO_LOSSES } from '../src/model/lossHash.ts';
import { CommandError, UsageError } from './commandError.ts';

/** A loss that is not finite is printed as null. */
const loss = v.nullable(v.number());
const evaluationSchema = v.object({
  kind: v.literal('evaluation'),
  step: v.number(),
  images: v.number(),
  complete: v.boolean(),
  loss,
  error: v.number(),
  seconds: v.number(),
});
const eventSchema = v.variant('kind', [
  v.object({
    kind: v.literal('step'),
    step: v.number(),
    loss,
    error: v.number(),
    learningRate: v.number(),
    epoch: v.number(),
    trainingSeconds: v.number(),
  }),
  evaluationSchema,
  v.object({
    kind: v.literal('state'),
    step: v.number(),
    reason: v.optional(v.picklist(['completed', 'stopped', 'diverged', 'error'])),
    divergedAt: v.optional(v.number()),
  }),
  v.object({ kind: v.picklist(['gradientNorms', 'unevaluated']), step: v.number() }),
  v.object({ kind: v.literal('compiling') }),
]);
export type EventLine = v.InferOutput<typeof eventSchema>;
export type EvaluationLine = v.InferOutput<typeof evaluationSchema>;

/** Throws {@link UsageError} that names the place. */
export function parseLine(line: string, place: string): EventLine {
  const event = readLine(line);
  if (event instanceof Error) throw new UsageError(`${place}: ${event.message}`);
  return event;
}

function readLine(line: string): EventLine | Error {
  try {
    return v.parse(eventSchema, JSON.parse(line));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof v.ValiError) return error;
    throw error;
  }
}

export interface LinesUntil {
  /** Bytes of the lines up to the moment. */
  readonly bytes: number;
  /** The last evaluation among them. */
  readonly evaluation: EvaluationLine | null;
}

/**
 * The lines of `text`, in the file `name`, that were told before the moment of a checkpoint. Throws {@link CommandError} if they are not
 * the whole curve that leads there.
 */
export function linesUntil(text: string, state: CheckpointState, name: string): LinesUntil {
  const { step, run, isEvaluationDue, lossHash } = state;
  const isEvaluated = step > 0 && step % run.evaluation.every === 0 && !isEvaluationDue;
  let [at, steps, evaluated, hash, number] = [0, 0, 0, NO_LOSSES, 0];
  let evaluation: EvaluationLine | null = null;
  // What follows the last line break is half a line.
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', at)) {
    number++;
    const line = text.slice(at, end);
    // Once all steps are there a line that cannot be read is one that a crash has left.
    const event = steps < step ? parseLine(line, `${name}, line ${number}`) : readLine(line);
    if (event instanceof Error || isAfter(event, step, isEvaluated)) break;
    at = end + 1;
    if (event.kind === 'evaluation') evaluation = event;
    if (event.kind === 'evaluation' || event.kind === 'unevaluated') evaluated = event.step;
    if (event.kind !== 'step') continue;
    if (event.step !== ++steps) throw new CommandError(`${name} lacks step ${steps}`);
    hash = hashLosses(hash, Float32Array.of(event.loss ?? NaN));
  }
  const of = `the checkpoint is of step ${step}`;
  if (steps < step) throw new CommandError(`${name} lacks step ${steps + 1}, and ${of}`);
  if (hash !== lossHash) {
    throw new CommandError(`${name} is of another run than the checkpoint: its losses are others`);
  }
  if (isEvaluated && evaluated < step) {
    throw new CommandError(`${name} lacks the evaluation after step ${step}, and ${of}`);
  }
  return { bytes: Buffer.byteLength(text.slice(0, at)), evaluation };
}

/** What was told, or was to be told, after a checkpoint. */
function isAfter(event: EventLine, step: number, isEvaluated: boolean): boolean {
  switch (event.kind) {
    case 'step':
    case 'gradientNorms':
      return event.step > step;
    case 'evaluation':
    case 'unevaluated':
      // The one at the end comes after the last checkpoint.
      return isEvaluated ? event.step > step : event.step >= step;
    case 'state':
      return event.step > step || event.reason !== undefined;
    case 'compiling':
      return false;
  }
}
