/** A client that trains nothing: it draws plausible curves, for looking at the page and for its tests. */
import { encodeCheckpoint } from '../../model/checkpoint.ts';
import { runOfLane, type ExperimentConfig, type LaneConfig } from '../../model/config.ts';
import { createRandom } from '../../model/random.ts';
import { createSchedule, ERROR_WINDOW } from '../../model/schedule.ts';
import { checkpointOf } from '../../model/testing/checkpoints.ts';
import type { ClientEvent, ExperimentClient, RunningExperiment } from '../../client/clientTypes.ts';
import type { EndReason, Provenance, RunEvent } from '../../protocol/protocol.ts';

export interface FakeOptions {
  /** Calls `tick` every so often until the returned function is called. */
  readonly every: (tick: () => void) => () => void;
  /** Steps of a tick. */
  readonly stepsPerTick: number;
  /** Steps that every lane has behind it at its first tick. */
  readonly history?: number;
  /** Ticks that loading the data takes. */
  readonly loading?: number;
  /** Steps after which no lane goes on, as if it took its time. */
  readonly holdAt?: number;
  /** Ids of lanes whose loss becomes NaN, by the step. */
  readonly divergeAt?: Readonly<Record<string, number>>;
  /** Steps between two moments that are kept, with weights that mean nothing. */
  readonly momentEvery?: number;
  /** The data cannot be had. */
  readonly failing?: boolean;
  /** The network is gone when the lanes have begun. */
  readonly offline?: boolean;
}

/** Training error after `step` steps, 0 to 1: means measured with PyTorch, 8 filters, batch 64, and their like. */
function plausibleError({ model }: LaneConfig, step: number): number {
  const depth = Math.log(model.depth / 20) / Math.log(56 / 20);
  const [floor, pace] =
    model.block === 'plain'
      ? [0.3 + 0.5 * Math.max(0, depth), 200 + 1400 * Math.max(0, depth)]
      : [0.12, 260 + 150 * depth];
  return floor + (0.9 - floor) / (1 + step / pace) ** 0.75;
}

export function createFakeClient(options: FakeOptions): ExperimentClient {
  return {
    warm: () => undefined,
    start: (experiment, { backend }, emit) =>
      startFake(
        experiment,
        (event) =>
          emit(event.kind === 'ready' ? { ...event, provenance: { ...provenance, backend } } : event),
        options,
      ),
  };
}

function startFake(
  experiment: ExperimentConfig,
  emit: (event: ClientEvent) => void,
  options: FakeOptions,
): RunningExperiment {
  const lanes = experiment.lanes.map((lane) => createLane(lane, experiment, emit, options));
  const shards = 60;
  const loading = options.loading ?? 0;
  let ticks = 0;
  const stopClock = options.every(() => {
    ticks++;
    if (options.failing) {
      stopClock();
      emit({
        kind: 'failure',
        failure: { name: 'ShardError', message: 'train-07.png did not arrive: HTTP 503' },
      });
      for (const lane of lanes) lane.end('error');
      return;
    }
    const shardsLoaded = Math.min(shards, Math.round((shards * ticks) / Math.max(1, loading)));
    if (ticks <= loading + 1) {
      emit({ kind: 'data', progress: { kind: 'progress', shardsLoaded, shards, bytesLoaded: shardsLoaded * 2_250_000, bytes: shards * 2_250_000 } }); // prettier-ignore
    }
    if (options.offline && ticks > 5) {
      const wait = { file: 'train-07.png', trouble: 'offline', detail: '', attempt: 1, seconds: 8 } as const;
      if (ticks === 6) emit({ kind: 'waiting', wait });
      return;
    }
    if (ticks * 4 > loading) for (const lane of lanes) lane.tick();
  });
  const chosen = (id: string | undefined) => lanes.filter((lane) => id === undefined || lane.id === id);
  return {
    pause: (id) => chosen(id).forEach((lane) => lane.setState('paused')),
    resume: (id) => chosen(id).forEach((lane) => lane.setState('running')),
    stop: (id) => chosen(id).forEach((lane) => lane.end('stopped')),
    keep: () => undefined,
    addLane: (lane) => lanes.push(createLane(lane, experiment, emit, options)),
    exportWeights: () => Promise.reject(new Error('a fake has no weights')),
    dispose: stopClock,
  };
}

const provenance: Provenance = {
  backend: 'wasm',
  kernels: 'wasm-simd',
  threads: 1,
  adapter: '',
  precision: 'f32',
  browser: 'Imagined 1',
};

function createLane(
  lane: LaneConfig,
  experiment: ExperimentConfig,
  emitClient: (event: ClientEvent) => void,
  { stepsPerTick, history = 0, holdAt = Infinity, divergeAt, momentEvery = Infinity }: FakeOptions,
) {
  const { recipe } = experiment;
  const random = createRandom(recipe.seed).fork(lane.id);
  const run = runOfLane(experiment, lane);
  const schedule = createSchedule(run.schedule, run.optimizer.learningRate);
  const total = recipe.steps ?? 300;
  const speed = (lane.model.block === 'plain' ? 36_000 : 38_000) / lane.model.depth;
  const diverges = divergeAt?.[lane.id] ?? Infinity;
  let state: 'idle' | 'running' | 'paused' | 'ended' = 'idle';
  let step = 0;
  let seconds = 0;
  let idle = 0;

  const emit = (event: RunEvent) => emitClient({ kind: 'run', lane: lane.id, event });
  function setState(next: 'running' | 'paused'): void {
    if (state === 'ended' || state === next) return;
    state = next;
    emit({ kind: 'state', state: next, step });
  }
  function end(reason: EndReason): void {
    if (state === 'ended') return;
    state = 'ended';
    const failed = reason === 'diverged' || reason === 'error';
    emit({ kind: 'state', state: failed ? 'failed' : 'finished', step, reason, ...(reason === 'diverged' && { divergedAt: diverges }) }); // prettier-ignore
  }
  function evaluate(complete: boolean): void {
    const { images } = recipe.evaluation;
    const error = Math.min(0.92, plausibleError(lane, step) + 0.012 + 0.02 * random.normal());
    idle += images / 3000;
    emit({ kind: 'evaluation', step, images: complete ? 10_000 : images, complete, loss: 2.45 * error, error, seconds: images / 3000 }); // prettier-ignore
  }
  function oneStep(): { loss: number; error: number; rate: number } {
    const mean = plausibleError(lane, step);
    step++;
    const error = Math.round((mean + 0.055 * random.normal()) * recipe.batchSize) / recipe.batchSize;
    const rate = schedule.rate({ step: step - 1, spent: step / total, recentError: mean });
    const loss = step >= diverges ? NaN : Math.max(0.05, 0.12 + 2.4 * error + 0.06 * random.normal());
    return { loss, error: Math.min(1, Math.max(0, error)), rate };
  }

  /** Trains up to `most` steps, and evaluates if they end at an evaluation. */
  function pack(most: number): void {
    const first = step + 1;
    const { every } = recipe.evaluation;
    const toEvaluation = every > 0 ? every - (step % every) : Infinity;
    const count = Math.min(most, total - step, toEvaluation);
    const steps = Array.from({ length: count }, oneStep);
    const secondsPerStep = recipe.batchSize / speed;
    const trainingSeconds = Float64Array.from(steps, (_, i) => seconds + (i + 1) * secondsPerStep);
    seconds = trainingSeconds.at(-1) ?? seconds;
    emit({
      kind: 'steps',
      first,
      loss: Float32Array.from(steps, (one) => one.loss),
      error: Float32Array.from(steps, (one) => one.error),
      learningRate: Float32Array.from(steps, (one) => one.rate),
      trainingSeconds,
      epoch: Float32Array.from(steps, (_, i) => ((first + i) * recipe.batchSize) / 50_000),
      imagesPerSecond: speed * (1 + 0.03 * random.normal()),
      waitingSeconds: 0,
      idleSeconds: idle,
    });
    if (Math.floor(step / momentEvery) > Math.floor((first - 1) / momentEvery) && step < diverges) {
      const at = { step, recentErrors: Array<number>(Math.min(step, ERROR_WINDOW)).fill(0.5) };
      void encodeCheckpoint(checkpointOf(at, runOfLane(experiment, lane))).then((file) =>
        emitClient({
          kind: 'checkpoint',
          lane: lane.id,
          step: at.step,
          why: 'ladder',
          evaluationDue: false,
          file,
        }),
      );
    }
    if (step >= diverges) end('diverged');
    else if (step >= total) {
      if (recipe.evaluation.atEnd) evaluate(true);
      end('completed');
    } else if (every > 0 && step % every === 0) evaluate(false);
  }

  return {
    id: lane.id,
    setState,
    end,
    tick(): void {
      if (state === 'idle') {
        emitClient({ kind: 'ready', lane: lane.id, provenance });
        setState('running');
        while (step < Math.min(history, total - 1)) pack(500);
      }
      if (state === 'paused') idle += 0.1;
      if (state !== 'running' || step >= holdAt) return;
      pack(Math.min(stepsPerTick, holdAt - step));
    },
  };
}
