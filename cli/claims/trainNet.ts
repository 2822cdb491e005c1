import { setImmediate as turn } from 'node:timers/promises';
import { systemClock } from '../../src/model/clock.ts';
import type { RunConfig } from '../../src/model/config.ts';
import type { RunEvent, StateEvent } from '../../src/protocol/events.ts';
import type { TensorLike, TrainingOps } from '../../src/kernels/ops.ts';
import { Session } from '../../src/training/session.ts';
import { CommandError } from '../commandError.ts';
import type { Interruption } from '../interruption.ts';
import { openLane } from '../node/openLane.ts';
import type { Origin } from '../origin.ts';
import type { TrainedNet } from './netStore.ts';

export interface Training<T extends TensorLike> {
  readonly ops: TrainingOps<T>;
  /** The folder of the dataset; the project's own if undefined. */
  readonly data: string | undefined;
  readonly interruption: Interruption;
  readonly origin: Origin;
}

/** Trains a net from its start; null if that was interrupted. Throws {@link CommandError} if it fails. */
export async function trainNet<T extends TensorLike>(
  run: RunConfig,
  { ops, data, interruption, origin }: Training<T>,
): Promise<TrainedNet | null> {
  const error: number[] = [];
  const told: { seconds: number; end: StateEvent | null } = { seconds: 0, end: null };
  const emit = (event: RunEvent) => {
    if (event.kind === 'steps') {
      for (const share of event.error) error.push(Number(share.toFixed(5)));
      told.seconds = event.trainingSeconds.at(-1) ?? told.seconds;
    }
    if (event.kind === 'state' && event.reason) told.end = event;
  };
  const source = await openLane(run, data);
  const session = new Session({ run, ops, source, emit, clock: systemClock, breathe: () => turn() });
  try {
    const training = session.start();
    interruption.onDue(() => session.stop());
    await training;
  } finally {
    interruption.onDue(() => undefined);
    session.dispose();
  }
  const { seconds, end } = told;
  if (end?.reason === 'error') {
    throw new CommandError(
      `training failed at step ${end.step}: ${end.failure?.message ?? 'for no known reason'}`,
    );
  }
  if (end?.reason === 'stopped') return null;
  return { run, error, divergedAt: end?.divergedAt ?? null, seconds, ...origin };
}
