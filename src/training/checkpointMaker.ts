/**
 * Makes checkpoints of a run while it trains: on the ladder (0, 1, 2, 5, 10, 20, 50, ... steps), every so many steps if that is asked for,
 * and about every {@link LEAST_SECONDS}; less often where that would cost more than {@link MOST_SHARE} of the time.
 *
 * The device is asked for its numbers at once, and training goes on while they come and become a file: a graphics card is not kept
 * waiting, and what a checkpoint costs is what the host computes for it.
 */
import { CheckpointError, encodeCheckpoint } from '../model/checkpoint.ts';
import type { Clock } from '../model/clock.ts';
import { isOnLadder } from '../model/ladder.ts';
import { toFailure } from '../protocol/failure.ts';
import type { CheckpointReason, KeptCheckpoint, Unkept } from '../protocol/keeping.ts';
import type { Keeping } from './keeping.ts';
import type { Moment } from './moment.ts';
import type { Session } from './session.ts';

/** Between two checkpoints that nothing but the time asks for. */
const LEAST_SECONDS = 20;
/** Of the time between two such checkpoints, what the host spends on one. */
const MOST_SHARE = 0.01;

export interface CheckpointMakerOptions {
  /** The run, which may be null while it is being built. */
  readonly session: () => Pick<Session<never>, 'moment' | 'hasFailed'> | null;
  /** Steps between checkpoints; null leaves it to the ladder and the clock. */
  readonly everySteps: number | null;
  /** Steps after which there is one in any case. */
  readonly atSteps?: readonly number[];
  readonly clock: Clock;
  /** Is told what was made, in the order in which it was taken. */
  readonly onKept: (checkpoint: KeptCheckpoint) => void;
  /** Is told what could not be made. Not of a net that has diverged, nor of a run that has failed: that is told by the run. */
  readonly onUnkept: (unkept: Unkept) => void;
}

export class CheckpointMaker implements Keeping {
  readonly #options: CheckpointMakerOptions;
  /** The moment that was taken last. */
  #last: Pick<KeptCheckpoint, 'step' | 'evaluationDue'> | null = null;
  #lastAt: number;
  #interval = LEAST_SECONDS;
  /** One after the other; never rejects. */
  #making = Promise.resolve();
  #isMaking = false;

  constructor(options: CheckpointMakerOptions) {
    this.#options = options;
    this.#lastAt = options.clock.seconds();
  }

  due(step: number): CheckpointReason | null {
    const { everySteps, atSteps, clock } = this.#options;
    if (isOnLadder(step) || atSteps?.includes(step)) return 'ladder';
    if (everySteps !== null && step % everySteps === 0) return 'interval';
    return !this.#isMaking && clock.seconds() - this.#lastAt >= this.#interval ? 'interval' : null;
  }

  /** Waits for what was taken before this, so that no more than two lie in memory. */
  async keep(why: CheckpointReason): Promise<void> {
    const { session, clock } = this.#options;
    const begun = clock.seconds();
    const moment = session()?.moment();
    if (!moment) return;
    const { step, isEvaluationDue: evaluationDue } = moment.state;
    if (this.#last?.step === step && this.#last.evaluationDue === evaluationDue) return;
    this.#last = { step, evaluationDue };
    const numbers = moment.read();
    this.#lastAt = clock.seconds();
    // Its failure is told when its turn comes.
    numbers.catch(() => undefined);
    const before = this.#making;
    const taking = this.#lastAt - begun;
    this.#making = before.then(() => this.#make({ step, why, evaluationDue }, numbers, taking));
    await before;
  }

  settled(): Promise<void> {
    return this.#making;
  }

  async #make(
    kept: Omit<KeptCheckpoint, 'file'>,
    numbers: ReturnType<Moment['read']>,
    taking: number,
  ): Promise<void> {
    const { session, clock, onKept, onUnkept } = this.#options;
    const { step, why } = kept;
    this.#isMaking = true;
    try {
      const arrange = await numbers;
      const begun = clock.seconds();
      // Computed here up to the hash, which browsers compute elsewhere.
      const encoding = encodeCheckpoint(arrange());
      const cost = taking + clock.seconds() - begun;
      const file = await encoding;
      this.#interval = Math.max(LEAST_SECONDS, cost / MOST_SHARE);
      onKept({ ...kept, file });
    } catch (error) {
      this.#last = null;
      const isTold = error instanceof CheckpointError && error.fault === 'notFinite';
      if (!isTold && session()?.hasFailed === false) onUnkept({ step, why, failure: toFailure(error) });
    } finally {
      this.#isMaking = false;
    }
  }
}
