/** How far a run is: what its next step depends on besides the net's numbers, and what its budget is spent by. */
import type { CheckpointState } from '../model/checkpoint.ts';
import type { CheckpointDevice } from '../model/checkpointDevice.ts';
import type { Clock } from '../model/clock.ts';
import type { RunConfig } from '../model/config.ts';
import { hashLosses, NO_LOSSES } from '../model/lossHash.ts';
import { createSchedule, type Schedule } from '../model/schedule.ts';
import type { StepsEvent } from '../protocol/events.ts';
import type { TrainingBatch } from '../protocol/source.ts';
import { ErrorWindow } from './errorWindow.ts';
import { TrainingTime } from './trainingTime.ts';

export class RunProgress {
  readonly time: TrainingTime;
  /** Whether the evaluation that is due after the last step is still to come. */
  isEvaluationDue: boolean;
  /** Steps taken, and those of them whose metrics were told. */
  #step: number;
  #stepsTold: number;
  #epoch: number;
  #lossHash: number;
  readonly #stepsBefore: number;
  readonly #recent: ErrorWindow;
  readonly #schedule: Schedule;
  readonly #run: RunConfig;

  constructor(run: RunConfig, clock: Clock, from?: CheckpointState) {
    this.#run = run;
    this.#step = this.#stepsBefore = this.#stepsTold = from?.step ?? 0;
    this.#epoch = from?.epoch ?? 0;
    this.#lossHash = from?.lossHash ?? NO_LOSSES;
    this.isEvaluationDue = from?.isEvaluationDue ?? false;
    this.time = new TrainingTime(clock, from?.trainingSeconds, from?.idleSeconds);
    this.#recent = new ErrorWindow(from?.recentErrors);
    this.#schedule = createSchedule(run.schedule, run.optimizer.learningRate);
    if (from) this.#schedule.warmedUp = from.warmedUp;
  }

  get step(): number {
    return this.#step;
  }

  /** Steps since the run was begun, or was last gone on with. */
  get stepsHere(): number {
    return this.#step - this.#stepsBefore;
  }

  /** The share of the budget that is spent, in the unit in which it was given. */
  get spent(): number {
    const { steps, epochs, minutes } = this.#run;
    if (steps !== undefined) return this.#step / steps;
    if (epochs !== undefined) return this.#epoch / epochs;
    return (this.time.untilPack + this.time.sincePack()) / (60 * (minutes ?? 0));
  }

  /** Whether the schedule waits for the error: it must see every step's, or the curve would depend on the device's speed. */
  get watchesError(): boolean {
    return !this.#schedule.warmedUp && this.#run.schedule.warmUp?.untilError !== undefined;
  }

  /** The learning rate of the step that comes next. Called once a step. */
  rate(): number {
    return this.#schedule.rate({ step: this.#step, spent: this.spent, recentError: this.#recent.mean });
  }

  /** Throws RangeError if this is not the batch of the step that comes next. */
  refuseOther({ index }: TrainingBatch): void {
    if (index === this.#step) return;
    throw new RangeError(`Step ${this.#step + 1} needs batch ${this.#step}, and batch ${index} was dealt.`);
  }

  /** A step was taken. */
  took({ epochAfter }: TrainingBatch): void {
    const { every } = this.#run.evaluation;
    this.#step += 1;
    this.#epoch = epochAfter;
    this.isEvaluationDue = every > 0 && this.#step % every === 0;
  }

  /** The metrics of all steps up to the last were read back. */
  read({ error, trainingSeconds }: StepsEvent): void {
    this.time.endPack(trainingSeconds.at(-1) ?? this.time.untilPack);
    for (const each of error) this.#recent.push(each);
  }

  /** They were told, and are finite. */
  told({ loss }: StepsEvent): void {
    this.#lossHash = hashLosses(this.#lossHash, loss);
    this.#stepsTold = this.#step;
  }

  /** The net's numbers are not finite since `step`. */
  endAt(step: number): void {
    this.#step = step;
  }

  /** Whether all steps are told. */
  get isTold(): boolean {
    return this.#stepsTold === this.#step;
  }

  /** What a checkpoint keeps of it; null while steps are not told yet. */
  state(device: CheckpointDevice, optimizerSteps: number): CheckpointState | null {
    if (!this.isTold) return null;
    return {
      run: this.#run,
      device,
      step: this.#step,
      epoch: this.#epoch,
      trainingSeconds: this.time.untilPack,
      idleSeconds: this.time.idle,
      optimizerSteps,
      warmedUp: this.#schedule.warmedUp,
      recentErrors: [...this.#recent.values],
      isEvaluationDue: this.isEvaluationDue,
      lossHash: this.#lossHash,
    };
  }
}
