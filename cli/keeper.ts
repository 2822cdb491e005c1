/**
 * Keeps a run in its folder as it goes: events at once, weights after each evaluation and at the end, last a summary; where it is
 * asked for checkpoints also those, and the weights of few moments.
 */
import { encodeCheckpoint } from '../src/model/checkpoint.ts';
import { decodeSafetensors, WeightsError } from '../src/model/safetensors.ts';
import type { EndReason, RunEvent } from '../src/protocol/events.ts';
import type { CheckpointReason } from '../src/protocol/keeping.ts';
import type { Keeping } from '../src/training/keeping.ts';
import type { Session } from '../src/training/session.ts';
import { CommandError } from './commandError.ts';
import type { EvaluationLine } from './eventLines.ts';
import { isOnLadder } from '../src/model/ladder.ts';
import type { OutFile, OutFolder } from './outFolder.ts';
import { linesOf } from './trainingReport.ts';

/** What is kept of a run besides its events. */
type Keepable = Pick<Session<never>, 'stepsTaken' | 'safetensors' | 'checkpoint'>;

export interface KeeperOptions {
  /** Steps between checkpoints; null keeps none. */
  readonly checkpointEvery: number | null;
  /** Told at once what cannot be saved, the first time. */
  readonly warn: (message: string) => void;
}

export class Keeper implements Keeping {
  private evaluation: EvaluationLine | null = null;
  private reason: EndReason | null = null;
  /** After how many steps those were saved that are in the folder now. */
  private weightsOf: number | null = null;
  private checkpointOf: number | null = null;
  /** What could not be saved, and not since: by file. */
  private readonly faults = new Map<OutFile, string>();
  /** What is being saved: one after the other. */
  private saving = Promise.resolve();

  constructor(
    private readonly out: OutFolder,
    private readonly session: Keepable,
    private readonly options: KeeperOptions,
  ) {}

  take(event: RunEvent): void {
    this.out.append(
      linesOf(event)
        .map((line) => JSON.stringify(line))
        .join('\n'),
    );
    if (event.kind === 'state' && event.reason) this.reason = event.reason;
    if (event.kind !== 'evaluation') return;
    this.evaluation = event;
    this.saveWeights();
  }

  /** A run is gone on with, whose last evaluation was this one: the weights in the folder become those of its checkpoint. */
  async goOn(evaluation: EvaluationLine | null): Promise<void> {
    this.evaluation = evaluation;
    this.checkpointOf = this.session.stepsTaken;
    if (this.session.stepsTaken > 0) this.saveWeights();
    await this.saving;
  }

  due(step: number): CheckpointReason | null {
    const { checkpointEvery } = this.options;
    if (checkpointEvery === null) return null;
    if (step % checkpointEvery === 0) return 'interval';
    return isOnLadder(step) ? 'ladder' : null;
  }

  async keep(why: CheckpointReason): Promise<void> {
    // The end is for finish to keep.
    if (why === 'end') return;
    const { checkpointEvery } = this.options;
    const { stepsTaken } = this.session;
    if (isOnLadder(stepsTaken)) this.saveWeights(`weights-at-${stepsTaken}.safetensors`);
    // Last: who goes on from it finds the weights of all moments before.
    if (checkpointEvery !== null && stepsTaken % checkpointEvery === 0) this.saveCheckpoint();
    await this.saving;
  }

  settled(): Promise<void> {
    return this.saving;
  }

  /** Saves what there is at the end; gives in words what that is. Throws {@link CommandError} if some of it could not be saved. */
  async finish(signal: string | null): Promise<string> {
    const { stepsTaken } = this.session;
    await this.saving;
    if (this.weightsOf !== stepsTaken && stepsTaken > 0) this.saveWeights();
    if (this.options.checkpointEvery !== null) {
      if (this.reason === 'completed') this.saveWeights(`weights-at-${stepsTaken}.safetensors`);
      if (this.checkpointOf !== stepsTaken) this.saveCheckpoint();
    }
    await this.saving;
    const { reason, evaluation, weightsOf, checkpointOf } = this;
    const summary = { reason, signal, steps: stepsTaken, evaluation, weightsOfStep: weightsOf };
    await this.attempt('events.jsonl', () => this.out.finishEvents());
    await this.attempt('summary.json', () =>
      this.out.save('summary.json', `${JSON.stringify(summary, null, 2)}\n`),
    );
    const weights = weightsOf === null ? 'no weights' : `the weights of step ${weightsOf}`;
    const canGoOn = checkpointOf !== null && (reason === 'stopped' || reason === 'error');
    const next = canGoOn ? `; --resume ${this.out.path} goes on from step ${checkpointOf}` : '';
    const saved = `${this.out.path} holds configuration, events, summary and ${weights}`;
    if (this.faults.size === 0) return `${saved}${next}`;
    throw new CommandError(`${[...this.faults.values()].join('\n')}\n${saved}, but for that${next}`);
  }

  private saveWeights(name: OutFile = 'weights.safetensors'): void {
    const step = this.session.stepsTaken;
    // Asked for now: steps may go on while they are read.
    this.enqueue(name, this.session.safetensors(), async (file) => {
      const wild = nonFinite(file);
      if (wild !== null) {
        throw new CommandError(`the weights of step ${step} are not saved: ${wild}`);
      }
      await this.out.save(name, new Uint8Array(file));
      if (name === 'weights.safetensors') this.weightsOf = step;
    });
  }

  private saveCheckpoint(): void {
    this.enqueue('checkpoint.safetensors', this.session.checkpoint(), async (checkpoint) => {
      // Of a run that failed the last one is the one to go on from.
      if (!checkpoint) return;
      const file = await encodeCheckpoint(checkpoint);
      // It is never ahead of the events that lead there.
      this.out.syncEvents();
      await this.out.save('checkpoint.safetensors', new Uint8Array(file));
      this.checkpointOf = checkpoint.state.step;
    });
  }

  private enqueue<T>(name: OutFile, reading: Promise<T>, save: (read: T) => Promise<void>): void {
    const before = this.saving;
    // Its failure is told when its turn comes.
    reading.catch(() => undefined);
    this.saving = before.then(() => this.attempt(name, async () => save(await reading)));
  }

  private async attempt(name: OutFile, save: () => Promise<void> | void): Promise<void> {
    try {
      await save();
      this.faults.delete(name);
    } catch (error) {
      const fault = error instanceof Error ? error.message : String(error);
      if (this.faults.get(name) !== fault) this.options.warn(fault);
      this.faults.set(name, fault);
    }
  }
}

/** What is not finite in a file of weights; null if all is. */
function nonFinite(file: ArrayBuffer): string | null {
  try {
    for (const [name, { values }] of decodeSafetensors(file)) {
      if (!values.every(Number.isFinite)) return `${name} is not finite`;
    }
    return null;
  } catch (error) {
    if (error instanceof WeightsError) return error.message;
    throw error;
  }
}
