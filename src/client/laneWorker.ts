/** A lane's training worker as the page holds it: what it is told, what is waited for, and how it ends in any case. */
import type { RunConfig } from '../model/config.ts';
import { deadlines } from '../model/deadlines.ts';
import { createDeferred, type Deferred } from '../model/deferred.ts';
import { fromFailure } from '../protocol/failure.ts';
import type { ClientEvent, LaneOrigin } from './clientTypes.ts';
import {
  PROTOCOL_VERSION,
  type DeviceChoice,
  type Failure,
  type RunEvent,
  type TrainCommand,
  type TrainMessage,
} from '../protocol/protocol.ts';
import type { Lifeline } from '../protocol/lifeline.ts';
import { provenanceOf } from './provenanceOf.ts';
import { Silence } from './silence.ts';
import { brokenWorker, workerFailure } from './workerError.ts';

const NOTHING = () => undefined;

export interface LaneStart {
  readonly lane: string;
  readonly run: RunConfig;
  readonly device: DeviceChoice;
  /** The lane's end of a channel to the data worker. */
  readonly data: MessagePort;
  readonly origin: LaneOrigin;
  readonly keepEvery?: number | null | undefined;
  readonly lifeline: Lifeline;
}

export class LaneWorker {
  private readonly lane: string;
  private readonly device: DeviceChoice;
  private readonly silence: Silence;
  private readonly exports: Deferred<ArrayBuffer>[] = [];
  /** The weights at the end of the run, once it has ended. */
  private last: Promise<ArrayBuffer> | undefined;
  private readonly watchLife: () => () => void;
  private leaveLife: () => void = NOTHING;
  private stopTimer: ReturnType<typeof setTimeout> | undefined;
  /** Seconds for which a run that is over has owed its weights. */
  private owing = 0;
  private isOver = false;
  private isGone = false;

  constructor(
    private readonly worker: Worker,
    { lane, run, device, data, origin, keepEvery, lifeline }: LaneStart,
    private readonly emit: (event: ClientEvent) => void,
    /** Called once, when the run is over; `died`: the worker may not have told the dealer that it is gone. */
    private readonly ended: (died: boolean) => void,
  ) {
    this.lane = lane;
    this.device = device;
    this.silence = new Silence(
      () => this.send({ kind: 'ping' }),
      (seconds) => {
        if (!this.isOver) emit({ kind: 'silent', lane, seconds });
      },
    );
    worker.addEventListener('message', ({ data: message }: MessageEvent<TrainMessage>) => this.hear(message));
    worker.addEventListener('messageerror', () => {
      this.died(workerFailure('A message of the training worker could not be read.'));
    });
    worker.addEventListener('error', (event) => this.died(brokenWorker('training', event)));
    const life = lifeline.name();
    this.watchLife = () => (life === undefined ? NOTHING : lifeline.watch(life, () => this.vanished()));
    const { weights, checkpoint, keepAt } = origin;
    const start = {
      kind: 'start',
      version: PROTOCOL_VERSION,
      run,
      device,
      data,
      ...(life !== undefined && { life }),
      ...(keepEvery !== undefined && { keepEvery }),
      ...(keepAt !== undefined && { keepAt }),
    } as const;
    // They are copied: the page may start from them once more.
    if (checkpoint) this.send({ ...start, checkpoint: checkpoint.file }, [data]);
    else this.send(weights ? { ...start, weights } : start, [data]);
  }

  /** Whether nothing is to be heard of it any more. */
  get done(): boolean {
    return this.isGone;
  }

  get over(): boolean {
    return this.isOver;
  }

  send(command: TrainCommand, transfer: Transferable[] = []): void {
    this.worker.postMessage(command, transfer);
  }

  /** Ends the run after its current step, or, if that takes too long, the worker. As failed, if a `failure` elsewhere is why. */
  stop(failure?: Failure): void {
    if (this.isOver) return;
    if (this.stopTimer === undefined) {
      this.emit({ kind: 'stopping', lane: this.lane });
      this.stopTimer = setTimeout(() => this.giveUp(failure), 1000 * deadlines.stop);
    }
    this.send(failure ? { kind: 'stop', failure } : { kind: 'stop' });
  }

  /** A copy of the present weights, or of the last. */
  async exportWeights(): Promise<ArrayBuffer> {
    return this.last ? (await this.last).slice(0) : this.ask();
  }

  /** See {@link Silence.look}. */
  look(seconds: number): void {
    if (this.isGone) return;
    this.silence.look(seconds);
    if (!this.isOver) return;
    this.owing += seconds;
    if (this.owing > deadlines.weights) {
      this.refuseExports(
        workerFailure('The training worker did not give the weights of the run that is over.'),
      );
    }
  }

  /** The worker is gone for certain, and has said nothing. */
  vanished(): void {
    this.died(
      workerFailure(
        'The training worker ended without a word: the browser took it away, most often because memory was short.',
      ),
    );
  }

  terminate(): void {
    this.leave(workerFailure('The training worker was ended.'));
  }

  /** Keeps the weights of a run that is over and gives back the memory of its worker. */
  private async retire(): Promise<void> {
    this.last = this.ask();
    // Whoever asks for the weights is told why there are none.
    await this.last.catch(() => {});
    this.end();
  }

  private ask(): Promise<ArrayBuffer> {
    const wanted = createDeferred<ArrayBuffer>();
    this.exports.push(wanted);
    this.send({ kind: 'exportWeights' });
    return wanted.promise;
  }

  private hear(message: TrainMessage): void {
    // What was on its way when the worker was given up.
    if (this.isGone) return;
    this.silence.heard();
    const { emit, lane } = this;
    switch (message.kind) {
      case 'event': {
        const { event } = message;
        if (this.isOver) return;
        const isEnd = event.kind === 'state' && (event.state === 'finished' || event.state === 'failed');
        if (isEnd) this.finish();
        emit({ kind: 'run', lane, event });
        if (!isEnd) return;
        if (event.state === 'finished') void this.retire().then(() => this.ended(false));
        else {
          void this.retire();
          this.ended(true);
        }
        return;
      }
      case 'ready': {
        const { build, resumed } = message;
        const provenance = provenanceOf(build, this.device);
        emit({ kind: 'ready', lane, provenance, ...(resumed && { resumed }) });
        return;
      }
      case 'checkpoint':
      case 'unkept':
        emit({ ...message, lane });
        return;
      case 'weights':
        this.exports.shift()?.resolve(message.safetensors);
        return;
      case 'failure':
        this.refuseExports(message.failure);
        return;
      case 'alive':
        this.leaveLife = this.watchLife();
        return;
      case 'measured':
      case 'pong':
        return;
    }
  }

  private finish(): void {
    this.isOver = true;
    clearTimeout(this.stopTimer);
  }

  /** It was to end, and did not in time. */
  private giveUp(failure: Failure | undefined): void {
    this.emit({ kind: 'terminated', lane: this.lane });
    const reason = `The lane had not ended ${deadlines.stop} s after it was stopped, so its worker was ended, and its weights with it.`;
    this.endWith(
      failure
        ? { kind: 'state', state: 'failed', step: 0, reason: 'error', failure }
        : { kind: 'state', state: 'finished', step: 0, reason: 'stopped' },
      workerFailure(`${reason} Its curves are kept.`),
    );
  }

  /** The worker itself broke (out of memory, its script did not load): the run ends, and what it told stays. */
  private died(failure: Failure): void {
    // The page has ended it, and what the browser still tells of it is no news.
    if (this.isGone) return;
    // Of a run that is over only the weights are lost.
    if (this.isOver) this.leave(failure);
    else this.endWith({ kind: 'state', state: 'failed', step: 0, reason: 'error', failure }, failure);
  }

  private endWith(event: RunEvent, lost: Failure): void {
    this.finish();
    this.emit({ kind: 'run', lane: this.lane, event });
    this.leave(lost);
    this.ended(true);
  }

  private leave(lost: Failure): void {
    this.end();
    this.refuseExports(lost);
    if (this.isOver && this.last) return;
    this.last = Promise.reject(fromFailure(lost));
    this.last.catch(() => {});
  }

  private end(): void {
    this.isGone = true;
    clearTimeout(this.stopTimer);
    this.leaveLife();
    this.worker.terminate();
  }

  private refuseExports(failure: Failure): void {
    for (const wanted of this.exports.splice(0)) wanted.reject(fromFailure(failure));
  }
}
