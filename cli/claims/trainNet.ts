import { setImmediate as turn } from 'node:timers/promises';
import { branchCheckpoint } from '../../src/model/branch.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import { systemClock } from '../../src/model/clock.ts';
import { runOfLane, type ExperimentConfig, type LaneConfig, type RunConfig } from '../../src/model/config.ts';
import type { RunEvent, StateEvent } from '../../src/protocol/events.ts';
import type { TensorLike, TrainingOps } from '../../src/kernels/ops.ts';
import { Session } from '../../src/training/session.ts';
import { CommandError } from '../commandError.ts';
import type { Interruption } from '../interruption.ts';
import type { NodeBackend } from '../node/nodeBackends.ts';
import { openLane } from '../node/openLane.ts';
import type { Origin } from '../origin.ts';
import type { TrainedNet } from './netStore.ts';

export interface Training<T extends TensorLike> {
  readonly ops: TrainingOps<T>;
  readonly backend: NodeBackend;
  /** The folder of the dataset; the project's own if undefined. */
  readonly data: string | undefined;
  readonly interruption: Interruption;
  readonly origin: Origin;
}

/** A run after some steps, with the training error of each of them. */
interface Moment {
  readonly checkpoint: Checkpoint;
  readonly error: readonly number[];
}

/**
 * Trains a lane of an experiment from its start, or from where it goes on from another lane, whose steps are then trained as well and
 * count as its first; null if that was interrupted. Throws {@link CommandError} if it fails.
 */
export async function trainLane<T extends TensorLike>(
  experiment: ExperimentConfig,
  lane: LaneConfig,
  training: Training<T>,
): Promise<TrainedNet | null> {
  const run = runOfLane(experiment, lane);
  const start = await startOf(experiment, lane, training);
  if (start === null) return null;
  const { error, seconds, end } = await train(run, training, start);
  if (end?.reason === 'stopped') return null;
  return { run, error, divergedAt: end?.divergedAt ?? null, seconds, ...training.origin };
}

/** The moment that a lane begins with; undefined where that is its seed, null if getting there was interrupted. */
async function startOf<T extends TensorLike>(
  experiment: ExperimentConfig,
  { from, ...lane }: LaneConfig,
  training: Training<T>,
): Promise<Moment | undefined | null> {
  if (!from) return undefined;
  const parent = experiment.lanes.find(({ id }) => id === from.lane);
  if (!parent) throw new RangeError(`the preset has no lane ${from.lane}`);
  const before = await startOf(experiment, parent, training);
  if (before === null) return null;
  const { error, moment, end } = await train(runOfLane(experiment, parent), training, before, from.step);
  if (moment)
    return { checkpoint: branchCheckpoint(moment, runOfLane(experiment, { ...lane, from })), error };
  if (training.interruption.due) return null;
  throw new CommandError(
    `${parent.id} ended at step ${end?.step}, and ${lane.id} goes on from its step ${from.step}`,
  );
}

interface Trained {
  /** Of each step, from the very first. */
  readonly error: number[];
  readonly seconds: number;
  readonly end: StateEvent | null;
  /** The moment after step `until`. */
  readonly moment: Checkpoint | null;
}

/** Trains a run from `start` on, to its end or up to step `until`. */
async function train<T extends TensorLike>(
  run: RunConfig,
  { ops, data, interruption }: Training<T>,
  start: Moment | undefined,
  until?: number,
): Promise<Trained> {
  const error = [...(start?.error ?? [])];
  const told: { seconds: number; end: StateEvent | null; moment: Checkpoint | null } = { seconds: 0, end: null, moment: null }; // prettier-ignore
  const emit = (event: RunEvent) => {
    if (event.kind === 'steps') {
      for (const share of event.error) error.push(Number(share.toFixed(5)));
      told.seconds = event.trainingSeconds.at(-1) ?? told.seconds;
    }
    if (event.kind === 'state' && event.reason) told.end = event;
  };
  const source = await openLane(run, data, start?.checkpoint.state.step);
  const session: Session<T> = new Session({
    run,
    ops,
    source,
    emit,
    clock: systemClock,
    breathe: () => turn(),
    ...(start && { checkpoint: start.checkpoint }),
    keeping: {
      due: (step) => (step === until ? 'asked' : null),
      keep: async () => {
        if (session.stepsTaken !== until) return;
        told.moment = await session.checkpoint();
        session.stop();
      },
      settled: () => Promise.resolve(),
    },
  });
  try {
    const training = session.start();
    interruption.onDue(() => session.stop());
    await training;
  } finally {
    interruption.onDue(() => undefined);
    session.dispose();
  }
  const { end } = told;
  if (end?.reason === 'error') {
    throw new CommandError(
      `training failed at step ${end.step}: ${end.failure?.message ?? 'for no known reason'}`,
    );
  }
  return { error, ...told };
}
