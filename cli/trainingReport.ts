/** What a run tells: as lines for programs, and in words for people. */
import type { EvaluationEvent, Failure, RunEvent, StateEvent, StepsEvent } from '../src/protocol/events.ts';

/** An event as the objects that are printed: packs become one line a step. */
export function linesOf(event: RunEvent): readonly object[] {
  switch (event.kind) {
    case 'steps':
      return Array.from(event.loss, (loss, i) => ({
        kind: 'step',
        step: event.first + i,
        loss,
        error: event.error[i],
        learningRate: event.learningRate[i],
        epoch: event.epoch[i],
        trainingSeconds: event.trainingSeconds[i],
      }));
    case 'gradientNorms':
      return [
        {
          kind: 'gradientNorms',
          step: event.step,
          norms: Object.fromEntries(event.names.map((name, i) => [name, event.norms[i]])),
        },
      ];
    case 'state':
      return [event.failure ? { ...event, failure: withoutStack(event.failure) } : event];
    case 'unevaluated':
      return [{ ...event, failure: withoutStack(event.failure) }];
    case 'evaluation':
    case 'compiling':
      return [event];
  }
}

/** An event in words; null for one that only programs care for. */
export function wordsOf(event: RunEvent): string | null {
  switch (event.kind) {
    case 'steps':
      return wordsOfSteps(event);
    case 'evaluation':
      return wordsOfEvaluation(event);
    case 'unevaluated':
      return `step ${event.step}: not tested: ${event.failure.message}`;
    case 'state':
      return wordsOfState(event);
    case 'gradientNorms':
    case 'compiling':
      return null;
  }
}

function wordsOfSteps(event: StepsEvent): string {
  const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const last = event.first + event.loss.length - 1;
  return (
    `step ${last}: loss ${mean(event.loss).toFixed(4)}, error ${(100 * mean(event.error)).toFixed(1)}%, ` +
    `${event.imagesPerSecond.toFixed(0)} images/s`
  );
}

function wordsOfEvaluation(event: EvaluationEvent): string {
  return (
    `step ${event.step}: test error ${(100 * event.error).toFixed(2)}%, cross-entropy ${event.loss.toFixed(4)} ` +
    `on ${event.images} images`
  );
}

function wordsOfState({ state, reason, divergedAt, failure }: StateEvent): string {
  if (reason === 'diverged') {
    return (
      `failed (diverged at step ${divergedAt ?? 0}): the net's numbers are not finite any more; ` +
      'a smaller learning rate or a warm-up may keep them so'
    );
  }
  const why: string[] = [];
  for (let at: Failure | undefined = failure; at; at = at.cause) {
    why.push(why.length === 0 ? `: ${at.name}: ${at.message}` : `\n  because: ${at.message}`);
  }
  return `${state}${reason ? ` (${reason})` : ''}${why.join('')}`;
}

/** Where in the program it happened is nothing to keep with a run. */
function withoutStack({ name, message, cause }: Failure): Failure {
  return { name, message, ...(cause ? { cause: withoutStack(cause) } : {}) };
}
