/** What a training worker does with its commands; it needs no worker, only a way to post and a device. */
import type { TensorLike, TrainingOps } from '../../kernels/ops.ts';
import type { Clock } from '../../model/clock.ts';
import { checkpointDevice, deviceDifferences } from '../../model/checkpointDevice.ts';
import { decodeCheckpointOf, type Checkpoint } from '../../model/checkpoint.ts';
import type { StateEvent } from '../../protocol/events.ts';
import { fromFailure, toFailure } from '../../protocol/failure.ts';
import { measureStep } from '../../training/measure.ts';
import { prepareRun } from '../../training/prepareRun.ts';
import type { TakeTurn } from '../../training/firstTurn.ts';
import { CheckpointMaker } from '../../training/checkpointMaker.ts';
import { Session } from '../../training/session.ts';
import { connectLane } from './laneSource.ts';
import {
  PROTOCOL_VERSION,
  type DeviceChoice,
  type Failure,
  type Resumed,
  type TrainCommand,
  type TrainMessage,
} from '../../protocol/protocol.ts';
import { ProtocolError } from '../../protocol/protocolError.ts';
import type { Turn } from './takeTurn.ts';

type StartCommand = Extract<TrainCommand, { kind: 'start' }>;
type OpenDevice = Pick<DeviceChoice, 'backend' | 'threads' | 'precision'>;
type WarmCommand = Extract<TrainCommand, { kind: 'warm' }>;
type MeasureCommand = Extract<TrainCommand, { kind: 'measure' }>;

interface Opened<T extends TensorLike> {
  readonly device: string;
  readonly ops: Promise<TrainingOps<T>>;
  readonly loss: AbortController;
}

interface Device<T extends TensorLike> {
  readonly ops: TrainingOps<T>;
  /** Aborted with the error when the device is lost. */
  readonly lost: AbortSignal;
}

export interface TrainHandlerOptions<T extends TensorLike> {
  readonly post: (message: TrainMessage, transfer?: Transferable[]) => void;
  /** Starts the device. Rejects with a DeviceError if it cannot be used, and tells `onFailure` if it is lost later. */
  readonly openOps: (device: OpenDevice, onFailure: (error: Error) => void) => Promise<TrainingOps<T>>;
  readonly clock: Clock;
  /** Holds a name while the worker lives: see lifeline.ts. */
  readonly holdLife?: (name: string) => Promise<void>;
  /** For operations that ask for it: see SessionOptions.takeTurn. */
  readonly takeTurn: (turn: Turn, abort: AbortSignal) => ReturnType<TakeTurn>;
}

/**
 * Handles the page's commands: one `start` a worker. Pausing and stopping are heard while the device still starts. A start
 * that fails is told as the run's last event; what else fails as `failure`.
 */
export function createTrainHandler<T extends TensorLike>(
  options: TrainHandlerOptions<T>,
): (command: TrainCommand) => void {
  const { post, openOps, clock, takeTurn, holdLife } = options;
  let session: Session<T> | undefined;
  let started = false;
  let opened: Opened<T> | undefined;
  let ready: TrainingOps<T> | undefined;
  /** Whether a pause was asked for before there was a session. */
  let pausesEarly = false;
  /** The run ended before there was a session: whatever still gets ready is not wanted any more. */
  let over = false;

  /** Aborted when what is being got ready is not wanted any more. */
  let superseded = new AbortController();
  /** Over when what was asked for last is ready, or could not be. */
  let prepared = Promise.resolve();

  /** Ends the run before its first step. */
  const end = (event: Pick<StateEvent, 'state' | 'reason' | 'failure'>) => {
    if (over) return;
    over = true;
    post({ kind: 'event', event: { kind: 'state', step: 0, ...event } });
  };
  const endWith = (failure: Failure) => end({ state: 'failed', reason: 'error', failure });
  const fail = (error: unknown) => post({ kind: 'failure', failure: toFailure(error) });

  /** The device's operations; rejects with what it was lost for. A device that failed before a run began is opened anew. */
  async function open({ backend, threads, precision = 'f32' }: OpenDevice): Promise<Device<T>> {
    const device = `${backend} ${threads} ${precision}`;
    if (opened && opened.device !== device) {
      throw new ProtocolError(`The training worker was asked for ${device} after ${opened.device}.`);
    }
    const one = (opened ??= opening(device, { backend, threads, precision }));
    const ops = await one.ops;
    ready = ops;
    const { signal: lost } = one.loss;
    lost.throwIfAborted();
    return { ops, lost };
  }

  function opening(device: string, of: Required<OpenDevice>): Opened<T> {
    const loss = new AbortController();
    const forget = () => {
      if (opened === one && !session) opened = undefined;
    };
    const ops = openOps(of, (error) => {
      loss.abort(error);
      session?.fail(error);
      forget();
    });
    const one = { device, ops, loss };
    ops.catch(forget);
    return one;
  }

  async function warm({ run, ...device }: WarmCommand): Promise<void> {
    // What is asked for after it, or the run itself, makes it stale.
    superseded.abort();
    superseded = new AbortController();
    const { signal } = superseded;
    const { ops } = await open(device);
    const endTurn = ops.inTurn ? await takeTurn('getting-ready', signal) : null;
    try {
      if (!signal.aborted) await prepareRun(ops, run);
    } finally {
      endTurn?.();
    }
  }

  async function start({
    run,
    device,
    data,
    weights,
    keepEvery,
    keepAt,
    ...command
  }: StartCommand): Promise<void> {
    // The types say that it is equal; a page left open over an update sends another.
    const version: number = command.version;
    if (version !== PROTOCOL_VERSION) {
      throw new ProtocolError(
        'The page and its training worker are of different versions: load the page again.',
      );
    }
    const [{ ops, lost }, source, checkpoint] = await Promise.all([
      open(device),
      connectLane(data),
      command.checkpoint && decodeCheckpointOf(run, command.checkpoint),
    ]);
    if (over) {
      source.leave();
      return;
    }
    // It may have been lost while the data were waited for.
    lost.throwIfAborted();
    session = new Session({
      run,
      ops,
      source,
      clock,
      emit: (event) => post({ kind: 'event', event }),
      ...(ops.inTurn ? { takeTurn: (abort) => takeTurn('first-step', abort) } : {}),
      ...(weights ? { weights } : {}),
      ...(checkpoint ? { checkpoint } : {}),
      ...(keepEvery === undefined ? {} : { keeping: keepingEvery(keepEvery, keepAt) }),
    });
    post({ kind: 'ready', build: ops.build, ...(checkpoint && { resumed: resumedFrom(checkpoint, ops) }) });
    const ended = session.start();
    if (pausesEarly) session.pause();
    await ended;
  }

  const keepingEvery = (everySteps: number | null, atSteps: readonly number[] = []): CheckpointMaker =>
    new CheckpointMaker({
      session: () => session ?? null,
      everySteps,
      atSteps,
      clock,
      onKept: (kept) => post({ kind: 'checkpoint', ...kept }, [kept.file]),
      onUnkept: (unkept) => post({ kind: 'unkept', ...unkept }),
    });

  /** The failure that `error` is, in the device's words if it has some. */
  const explained = (error: unknown): Failure => toFailure(ready?.explain?.(error) ?? error);

  async function exportWeights(): Promise<void> {
    if (!session) throw new ProtocolError('There are no weights yet: the run has not started.');
    opened?.loss.signal.throwIfAborted();
    const step = session.stepsTaken;
    const safetensors = await session.safetensors();
    post({ kind: 'weights', step, safetensors }, [safetensors]);
  }

  async function measure({ threads = 1, probe, ...device }: MeasureCommand): Promise<void> {
    const { ops } = await open({ ...device, threads });
    // Compiling would slow the steps down.
    await prepared;
    const seconds = await measureStep(ops, clock, () => started, probe);
    if (seconds !== null) post({ kind: 'measured', milliseconds: 1000 * seconds, build: ops.build });
  }

  return (command) => {
    switch (command.kind) {
      case 'start':
        if (started) {
          fail(new ProtocolError('The training worker was started twice.'));
          return;
        }
        started = true;
        superseded.abort();
        if (command.life !== undefined) void holdLife?.(command.life).then(() => post({ kind: 'alive' }));
        void start(command).catch((error: unknown) => endWith(explained(error)));
        return;
      case 'warm':
        // Once the run has started there is nothing to get ready ahead. Whoever needs the device is told why it could not be opened.
        if (!started) prepared = warm(command).catch(() => {});
        return;
      case 'pause':
        if (session) session.pause();
        else pausesEarly = true;
        return;
      case 'resume':
        if (session) session.resume();
        else pausesEarly = false;
        return;
      case 'stop': {
        const { failure } = command;
        if (session) session.stop(failure && fromFailure(failure));
        else if (failure) endWith(failure);
        else end({ state: 'finished', reason: 'stopped' });
        return;
      }
      case 'keep':
        session?.keep();
        return;
      case 'ping':
        post({ kind: 'pong' });
        return;
      case 'exportWeights':
        void exportWeights().catch((error: unknown) => post({ kind: 'failure', failure: explained(error) }));
        return;
      case 'measure':
        void measure(command).catch(fail);
        return;
    }
  };
}

function resumedFrom({ state }: Checkpoint, ops: Parameters<typeof checkpointDevice>[0]): Resumed {
  const { step, isEvaluationDue, device } = state;
  return {
    step,
    evaluationDue: isEvaluationDue,
    differences: deviceDifferences(device, checkpointDevice(ops)),
  };
}
