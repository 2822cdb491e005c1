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

/** What a lane begins with: another one after some steps, with the training error of each of them. */
interface Start {
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
  const trained = await trainTo(experiment, lane, training);
  if (trained === null) return null;
  const { error, seconds, end } = trained;
  const run = runOfLane(experiment, lane);
  return { run, error, divergedAt: end?.divergedAt ?? null, seconds, ...training.origin };
}

/** Trains a lane to its end or up to step `until`; one whose origin diverged before it could begin is that one. */
async function trainTo<T extends TensorLike>(
  experiment: ExperimentConfig,
  lane: LaneConfig,
  training: Training<T>,
  until?: number,
): Promise<Trained | null> {
  const run = runOfLane(experiment, lane);
  const { from } = lane;
  let start: Start | undefined;
  if (from) {
    const origin = experiment.lanes.find(({ id }) => id === from.lane);
    if (!origin) throw new RangeError(`the preset has no lane ${from.lane}`);
    const before = await trainTo(experiment, origin, training, from.step);
    if (!before?.moment) return before;
    start = { checkpoint: branchCheckpoint(before.moment, run), error: before.error };
  }
  const trained = await train(run, training, start, until);
  return trained.end?.reason === 'stopped' && !trained.moment ? null : trained;
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
  start: Start | undefined,
  until: number | undefined,
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
        if (session.stepsTaken !== until || told.moment) return;
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
