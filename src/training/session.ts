/**
 * One run from start to end: a state machine round a {@link Trainer}. Clock, events and data are injected, so the same
 * session runs in a worker, on the command line and in tests.
 *
 * idle -> running <-> paused -> finished (completed, stopped) or failed (diverged, error). Final states are final.
 */
import type { RunConfig } from '../model/config.ts';
import { createSchedule, type Schedule } from '../model/schedule.ts';
import type { BatchSource, TrainingBatch } from '../protocol/source.ts';
import type { TensorLike, TrainingOps } from '../kernels/ops.ts';
import type { Clock } from '../model/clock.ts';
import { ErrorWindow } from './errorWindow.ts';
import type {
  Emit,
  EndReason,
  EvaluationEvent,
  Failure,
  RunEvent,
  SessionState,
  UnevaluatedEvent,
} from '../protocol/events.ts';
import { evaluateRun, evaluationBatch } from './evaluateRun.ts';
import { toFailure } from '../protocol/failure.ts';
import { FirstTurn, type TakeTurn } from './firstTurn.ts';
import { areNormsDue, PendingGradient } from './gradientNorms.ts';
import { MetricsBuffer, upTo } from './metricsBuffer.ts';
import { StopSignal } from './stopSignal.ts';
import { Trainer } from './trainer.ts';

export interface SessionOptions<T extends TensorLike> {
  readonly run: RunConfig;
  readonly ops: TrainingOps<T>;
  readonly source: BatchSource;
  readonly emit: Emit;
  readonly clock: Clock;
  /** Safetensors to start from, instead of the seed's weights. */
  readonly weights?: ArrayBuffer;
  /** The lane's turn to compile and to take its first step, if lanes take turns. */
  readonly takeTurn?: TakeTurn;
  /** Awaited after every step, where the source alone does not let the event loop turn. */
  readonly breathe?: () => Promise<void>;
  /** Whether norms of gradients are read from the device and told: only where somebody wants them. */
  readonly gradientNorms?: boolean;
}

export class Session<T extends TensorLike> {
  private state: SessionState = 'idle';
  private readonly stopSignal = new StopSignal();
  /** Whether every step is done: what is lost from then on is the evaluation at the end, not the run. */
  private isTrained = false;
  private wake: (() => void) | undefined;
  private readonly trainer: Trainer<T>;
  private readonly metrics: MetricsBuffer<T>;
  private readonly schedule: Schedule;
  private step = 0;
  private epoch = 0;
  /** Seconds of training up to the last pack, and the moment since which the next pack is timed. */
  private trained = 0;
  private packStart = 0;
  private startedAt = 0;
  private readonly recent = new ErrorWindow();
  private readonly turn: FirstTurn;
  private readonly gradient: PendingGradient<T>;

  /** Builds the net on the device. Throws WeightsError if `weights` do not fit it. */
  constructor(private readonly options: SessionOptions<T>) {
    const { ops, run, weights, takeTurn } = options;
    this.turn = new FirstTurn(takeTurn);
    this.trainer = new Trainer(ops, run, weights);
    this.gradient = new PendingGradient(ops, this.trainer);
    this.metrics = new MetricsBuffer(ops);
    this.schedule = createSchedule(run.schedule, run.optimizer.learningRate);
  }

  /** Trainable numbers of the net. */
  get parameters(): number {
    return this.trainer.layout.trainable.reduce((total, slot) => total + slot.size, 0);
  }

  /** Trains until the budget is spent, a person stops it, or it fails. Never rejects: the last event tells. */
  async start(): Promise<void> {
    if (this.state !== 'idle') return;
    const { source, run } = this.options;
    this.enter('running');
    try {
      await this.turn.begin();
      if (!this.stopSignal.raised) {
        await this.trainer.prepareSteps(run.batchSize, (done, total) =>
          this.tell({ kind: 'compiling', done, total }),
        );
      }
      this.startedAt = this.packStart = this.options.clock.seconds();
      const diverged = (await this.train()) ?? (await this.testAtEnd());
      source.leave();
      if (diverged === null) this.endStopped();
      else this.end('failed', 'diverged', { divergedAt: diverged });
    } catch (error) {
      source.leave();
      this.end('failed', 'error', { failure: this.failureOf(error) });
    } finally {
      this.turn.end();
    }
  }

  pause(): void {
    if (this.state === 'running' && !this.stopSignal.raised) this.enter('paused');
  }

  resume(): void {
    if (this.state !== 'paused') return;
    this.enter('running');
    this.wake?.();
  }

  /**
   * Ends the run after its current step, without the evaluation at the end. Because of `failure`, where something else failed without
   * which it cannot go on: then it ends as failed, with what it has.
   */
  stop(failure: Error | null = null): void {
    if (this.state !== 'running' && this.state !== 'paused') return;
    this.stopSignal.raise(failure);
    this.turn.giveUp();
    // Another lane may be paused: leaving lets it go on without this one.
    this.options.source.leave();
    this.resume();
  }

  /** Ends the run at once, for what happened outside of it: the device was lost. Nothing is told after that. */
  fail(error: Error): void {
    if (this.state !== 'running' && this.state !== 'paused') return;
    this.stopSignal.raise(error);
    this.turn.giveUp();
    this.options.source.leave();
    // In its last test, which is told of the failure, it has all that it was to learn.
    if (!this.isTrained) this.endStopped();
    this.wake?.();
  }

  /** The present weights in PyTorch's names and layout. */
  safetensors(): Promise<ArrayBuffer> {
    return this.trainer.safetensors();
  }

  get stepsTaken(): number {
    return this.step;
  }

  dispose(): void {
    this.gradient.dispose();
    this.metrics.dispose();
    this.trainer.dispose();
  }

  /** The first step whose loss was not finite, or null if training ended well. */
  private async train(): Promise<number | null> {
    const { run, clock } = this.options;
    while (this.spent() < 1) {
      if (this.state === 'paused') {
        const diverged = await this.flush();
        if (diverged !== null) return diverged;
        await this.resumed();
      }
      if (this.stopSignal.raised) break;
      const asked = clock.seconds();
      const batch = await this.turn.waitFor(this.nextBatch());
      if (!batch) break;
      // Until others have begun too no time is spent.
      if (this.step <= 1) this.packStart = clock.seconds();
      this.takeStep(batch, clock.seconds() - asked);
      await this.options.breathe?.();

      const evaluationDue = run.evaluation.every > 0 && this.step % run.evaluation.every === 0;
      if (evaluationDue || this.step === 1 || this.packIsFull()) {
        const diverged = await this.flush();
        if (diverged !== null) return diverged;
      }
      this.turn.end();
      // Only now: the first step is what a person waits for.
      this.trainer.prepareEvaluation(evaluationBatch(run));
      if (evaluationDue && this.spent() < 1) await this.evaluate(run.evaluation.images);
    }
    return await this.flush();
  }

  /** The next batch, or null if the run was stopped while it waited for one. */
  private async nextBatch(): Promise<TrainingBatch | null> {
    try {
      return await this.stopSignal.before(this.options.source.next());
    } catch (error) {
      if (this.stopSignal.raised) return null;
      throw error;
    }
  }

  private takeStep(batch: TrainingBatch, waitingSeconds: number): void {
    const { run, gradientNorms = false } = this.options;
    const progress = { step: this.step, spent: this.spent(), recentError: this.recent.mean };
    const learningRate = this.schedule.rate(progress);
    const withNorms = gradientNorms && areNormsDue(run, this.step + 1);
    const { metrics, gradient } = this.trainer.step(batch, learningRate, withNorms);
    this.step += 1;
    this.epoch = batch.epochAfter;
    this.metrics.push(metrics, { learningRate, epoch: batch.epochAfter, images: batch.size, waitingSeconds });
    if (gradient) this.gradient.keep(this.step, gradient);
  }

  private async flush(): Promise<number | null> {
    if (this.metrics.length === 0) return null;
    const { clock } = this.options;
    const [first, begun] = [this.step - this.metrics.length + 1, this.packStart];
    const finite = this.trainer.isFinite();
    const idle = begun - this.startedAt - this.trained;
    const until = () => this.trained + clock.seconds() - begun;
    const event = await this.metrics.flush(first, idle, this.trained, until);
    this.tell(await this.gradient.read());
    this.trained = event.trainingSeconds.at(-1) ?? this.trained;
    this.packStart = clock.seconds();
    for (const error of event.error) this.recent.push(error);

    const lost = event.loss.findIndex((loss) => !Number.isFinite(loss));
    const bad = lost < 0 && !(await finite) ? event.loss.length - 1 : lost;
    this.tell(bad < 0 ? event : upTo(event, bad + 1));
    if (bad < 0) return null;
    this.step = first + bad;
    return this.step;
  }

  /** The last step if what it left answers with numbers that are not finite, whatever its own batch's loss was; else null. */
  private async testAtEnd(): Promise<number | null> {
    const { source, run } = this.options;
    source.leave();
    this.isTrained = !this.stopSignal.raised;
    if (!this.isTrained || !run.evaluation.atEnd) return null;
    const test = await this.evaluate(source.testImages);
    return test?.kind === 'evaluation' && !Number.isFinite(test.loss) ? this.step : null;
  }

  private async evaluate(images: number): Promise<EvaluationEvent | UnevaluatedEvent | null> {
    const { source, clock, run } = this.options;
    const { trainer, step, stopSignal: stop, failureOf } = this;
    const event = await evaluateRun({ trainer, source, run, clock, stop, failureOf, step, images });
    this.packStart = clock.seconds();
    this.tell(event);
    return event;
  }

  private async resumed(): Promise<void> {
    // Others begin meanwhile.
    this.turn.end();
    if (this.state === 'paused') await new Promise<void>((resolve) => (this.wake = resolve));
    this.packStart = this.options.clock.seconds();
  }

  /** The share of the budget that is spent, in the unit in which it was given. */
  private spent(): number {
    const { steps, epochs, minutes } = this.options.run;
    if (steps !== undefined) return this.step / steps;
    if (epochs !== undefined) return this.epoch / epochs;
    return (this.trained + this.sincePackStart()) / (60 * (minutes ?? 0));
  }

  private readonly sincePackStart = (): number => this.options.clock.seconds() - this.packStart;

  private packIsFull(): boolean {
    // A warm-up that waits for the error must see every step's, or the curve would depend on the device's speed.
    const watching = !this.schedule.warmedUp && this.options.run.schedule.warmUp?.untilError !== undefined;
    return watching || this.metrics.isFull(this.sincePackStart());
  }

  private readonly failureOf = (error: unknown): Failure =>
    toFailure(this.options.ops.explain?.(error) ?? error);

  /** Ends a run in which nothing went wrong, or only what `stop` and `fail` were told of. */
  private endStopped(): void {
    const { failure } = this.stopSignal;
    if (failure && !this.isTrained) this.end('failed', 'error', { failure: this.failureOf(failure) });
    else this.end('finished', this.stopSignal.raised && !failure ? 'stopped' : 'completed');
  }

  private enter(state: SessionState): void {
    this.state = state;
    this.tell({ kind: 'state', state, step: this.step });
  }

  /** Final states are final: what comes in after one is dropped. */
  private tell(event: RunEvent | null): void {
    if (event && this.state !== 'finished' && this.state !== 'failed') this.options.emit(event);
  }

  private end(
    state: 'finished' | 'failed',
    reason: EndReason,
    details: { divergedAt?: number; failure?: Failure } = {},
  ): void {
    this.tell({ kind: 'state', state, step: this.step, reason, ...details });
    this.state = state;
  }
}
