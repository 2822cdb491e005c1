/**
 * One run from start to end: a state machine (runState.ts) round a {@link Trainer}. Clock, events and data are injected, so the same
 * session runs in a worker, on the command line and in tests.
 */
import type { Checkpoint } from '../model/checkpoint.ts';
import type { TrainingBatch } from '../protocol/source.ts';
import type { TensorLike } from '../kernels/ops.ts';
import type { CheckpointReason } from '../protocol/keeping.ts';
import type { EvaluationEvent, Failure, UnevaluatedEvent } from '../protocol/events.ts';
import { evaluateRun, evaluationBatch } from './evaluateRun.ts';
import { toFailure } from '../protocol/failure.ts';
import { FirstTurn } from './firstTurn.ts';
import { areNormsDue, PendingGradient } from './gradientNorms.ts';
import { KeepRequests } from './keepRequests.ts';
import { MetricsBuffer, upTo } from './metricsBuffer.ts';
import { momentOf, type Moment } from './moment.ts';
import { RunProgress } from './runProgress.ts';
import type { SessionOptions } from './sessionOptions.ts';
import { RunState } from './runState.ts';
import { StopSignal } from './stopSignal.ts';
import { Trainer } from './trainer.ts';

export class Session<T extends TensorLike> {
  private readonly state: RunState;
  private readonly stopSignal = new StopSignal();
  private wake: (() => void) | undefined;
  private readonly trainer: Trainer<T>;
  private readonly metrics: MetricsBuffer<T>;
  private readonly progress: RunProgress;
  private readonly turn: FirstTurn;
  private readonly gradient: PendingGradient<T>;
  private readonly keeping: KeepRequests;
  /** Whether the net is ready, so that it can be kept. */
  private isTraining = false;

  /** Builds the net on the device. Throws WeightsError if `weights` do not fit it, RangeError if `checkpoint` does not. */
  constructor(private readonly options: SessionOptions<T>) {
    const { ops, run, weights, checkpoint, takeTurn, clock } = options;
    this.turn = new FirstTurn(takeTurn);
    this.trainer = new Trainer(ops, run, checkpoint ?? weights);
    this.progress = new RunProgress(run, clock, checkpoint?.state);
    this.state = new RunState(options.emit, () => this.progress.step);
    this.gradient = new PendingGradient(ops, this.trainer);
    this.metrics = new MetricsBuffer(ops);
    this.keeping = new KeepRequests(options.keeping);
  }

  /** Trainable numbers of the net. */
  get parameters(): number {
    return this.trainer.layout.trainable.reduce((total, slot) => total + slot.size, 0);
  }

  /** Trains until the budget is spent, a person stops it, or it fails. Never rejects: the last event tells. */
  async start(): Promise<void> {
    if (this.state.now !== 'idle') return;
    const { source, run } = this.options;
    this.state.enter('running');
    try {
      await this.turn.begin();
      if (!this.stopSignal.raised) {
        await this.trainer.prepareSteps(run.batchSize, (done, total) =>
          this.state.tell({ kind: 'compiling', done, total }),
        );
      }
      this.progress.time.start();
      const diverged = (await this.train()) ?? (await this.testAtEnd());
      source.leave();
      // What was kept is told before the end.
      await this.keeping.settled();
      if (diverged === null) this.endStopped();
      else this.state.end('failed', 'diverged', { divergedAt: diverged });
    } catch (error) {
      source.leave();
      this.state.end('failed', 'error', { failure: this.failureOf(error) });
    } finally {
      this.turn.end();
    }
  }

  pause(): void {
    if (this.state.now !== 'running' || this.stopSignal.raised) return;
    this.state.enter('paused');
    this.keep('pause');
  }

  resume(): void {
    if (this.state.now !== 'paused') return;
    this.state.enter('running');
    this.wake?.();
  }

  /**
   * Ends the run after its current step, without the evaluation at the end. Because of `failure`, where something else failed without
   * which it cannot go on: then it ends as failed, with what it has.
   */
  stop(failure: Error | null = null): void {
    if (!this.state.isAlive) return;
    this.stopSignal.raise(failure);
    this.turn.giveUp();
    // Another lane may be paused: leaving lets it go on without this one.
    this.options.source.leave();
    this.resume();
  }

  /** Ends the run at once, for what happened outside of it: the device was lost. Nothing is told after that. */
  fail(error: Error): void {
    if (!this.state.isAlive) return;
    this.stopSignal.raise(error);
    this.turn.giveUp();
    this.options.source.leave();
    this.endStopped();
    this.wake?.();
  }

  /** The present weights in PyTorch's names and layout. */
  safetensors(): Promise<ArrayBuffer> {
    return this.trainer.safetensors();
  }

  /** Has the run kept as it stands, or as soon as it stands between two steps. */
  keep(why: CheckpointReason = 'asked'): void {
    if (!this.state.isAlive) return;
    this.keeping.ask(why);
    // In an evaluation or a pause nothing of the net changes.
    if (this.isTraining && this.progress.isTold) void this.keeping.serve();
  }

  /** The run as it stands, between two steps; null while steps are not told yet, and after it has failed. */
  moment(): Moment | null {
    return this.hasFailed ? null : momentOf(this.options.ops, this.trainer, this.progress);
  }

  /** The checkpoint of {@link moment}. */
  async checkpoint(): Promise<Checkpoint | null> {
    const moment = this.moment();
    return moment && (await moment.read())();
  }

  get hasFailed(): boolean {
    return this.state.now === 'failed';
  }

  get stepsTaken(): number {
    return this.progress.step;
  }

  dispose(): void {
    this.gradient.dispose();
    this.metrics.dispose();
    this.trainer.dispose();
  }

  /** The first step whose loss was not finite, or null if training ended well. */
  private async train(): Promise<number | null> {
    const { run, clock } = this.options;
    this.isTraining = true;
    const first = this.options.checkpoint ? null : this.keeping.due(0);
    if (first) await this.keepFor(first);
    await this.evaluateIfDue();
    while (this.progress.spent < 1) {
      if (this.state.now === 'paused') {
        const diverged = await this.flush();
        if (diverged !== null) return diverged;
        await this.keepFor('pause');
        await this.resumed();
      }
      if (this.stopSignal.raised) break;
      const asked = clock.seconds();
      const next = this.turn.waitFor(this.stopSignal.before(this.options.source.next()));
      const lost = await this.keepUntil(next);
      if (lost !== null) return lost;
      const batch = await next;
      if (!batch) break;
      // Until others have begun too no time is spent.
      if (this.progress.stepsHere <= 1) this.progress.time.skip();
      this.takeStep(batch, clock.seconds() - asked);
      await this.options.breathe?.();

      const due = this.keeping.due(this.progress.step);
      if (
        this.progress.isEvaluationDue ||
        due ||
        this.keeping.isAsked ||
        this.progress.stepsHere === 1 ||
        this.packIsFull()
      ) {
        const diverged = await this.flush();
        if (diverged !== null) return diverged;
        await this.keeping.serve();
      }
      this.turn.end();
      // Only now: the first step is what a person waits for.
      this.trainer.prepareEvaluation(evaluationBatch(run));
      await this.evaluateIfDue();
      if (due) await this.keepFor(due);
    }
    const diverged = await this.flush();
    if (diverged === null) await this.keepFor('end');
    return diverged;
  }

  private async keepFor(why: CheckpointReason): Promise<void> {
    await this.keeping.keep(why);
    this.progress.time.skip();
  }

  /** Waits for `next`, and keeps what is asked for meanwhile. Gives what {@link flush} gives. */
  private async keepUntil(next: Promise<unknown>): Promise<number | null> {
    while (!(await this.keeping.unlessAsked(next))) {
      const diverged = await this.flush();
      if (diverged !== null) return diverged;
      await this.keeping.serve();
    }
    return null;
  }

  private takeStep(batch: TrainingBatch, waitingSeconds: number): void {
    const { run, gradientNorms = false } = this.options;
    const { progress } = this;
    progress.refuseOther(batch);
    const learningRate = progress.rate();
    const withNorms = gradientNorms && areNormsDue(run, progress.step + 1);
    const { metrics, gradient } = this.trainer.step(batch, learningRate, withNorms);
    progress.took(batch);
    this.metrics.push(metrics, { learningRate, epoch: batch.epochAfter, images: batch.size, waitingSeconds });
    if (gradient) this.gradient.keep(progress.step, gradient);
  }

  private async flush(): Promise<number | null> {
    if (this.metrics.length === 0) return null;
    const { progress } = this;
    const { time } = progress;
    const first = progress.step - this.metrics.length + 1;
    // Both are read in any case: where the device is lost, both reject.
    const [event, isFinite] = await Promise.all([
      this.metrics.flush(first, time.idle, time.untilPack, time.running()),
      this.trainer.isFinite(),
    ]);
    this.state.tell(await this.gradient.read());
    progress.read(event);

    const lost = event.loss.findIndex((loss) => !Number.isFinite(loss));
    const bad = lost < 0 && !isFinite ? event.loss.length - 1 : lost;
    this.state.tell(bad < 0 ? event : upTo(event, bad + 1));
    if (bad < 0) {
      progress.told(event);
      return null;
    }
    progress.endAt(first + bad);
    return progress.step;
  }

  /** The last step if what it left answers with numbers that are not finite, whatever its own batch's loss was; else null. */
  private async testAtEnd(): Promise<number | null> {
    const { source, run } = this.options;
    source.leave();
    if (this.stopSignal.raised || !run.evaluation.atEnd) return null;
    const test = await this.evaluate(source.testImages);
    return test?.kind === 'evaluation' && !Number.isFinite(test.loss) ? this.progress.step : null;
  }

  private async evaluateIfDue(): Promise<void> {
    const { progress } = this;
    if (!progress.isEvaluationDue || progress.spent >= 1) return;
    const event = await this.evaluate(this.options.run.evaluation.images);
    progress.isEvaluationDue = event === null;
  }

  private async evaluate(images: number): Promise<EvaluationEvent | UnevaluatedEvent | null> {
    const { source, clock, run } = this.options;
    const { trainer, stopSignal: stop, failureOf } = this;
    const { step } = this.progress;
    // A run that goes on may have to be tested before its first step.
    trainer.prepareEvaluation(evaluationBatch(run));
    const event = await evaluateRun({ trainer, source, run, clock, stop, failureOf, step, images });
    this.progress.time.skip();
    this.state.tell(event);
    return event;
  }

  private async resumed(): Promise<void> {
    this.turn.end(); // Others begin meanwhile.
    if (this.state.now === 'paused') await new Promise<void>((resolve) => (this.wake = resolve));
    this.progress.time.skip();
  }

  private readonly packIsFull = (): boolean =>
    this.progress.watchesError || this.metrics.isFull(this.progress.time.sincePack());

  private readonly failureOf = (error: unknown): Failure =>
    toFailure(this.options.ops.explain?.(error) ?? error);

  /** Ends a run in which nothing went wrong, or only what `stop` and `fail` were told of. */
  private endStopped(): void {
    const { failure } = this.stopSignal;
    if (failure) this.state.end('failed', 'error', { failure: this.failureOf(failure) });
    else this.state.end('finished', this.stopSignal.raised ? 'stopped' : 'completed');
  }
}
