/** Lanes that go on from another lane of their experiment: each waits until that one has come to its step, and begins there. */
import type { StoreApi } from 'zustand/vanilla';
import type { StoredCheckpoint } from '../../client/clientTypes.ts';
import type { WallClock } from '../../model/clock.ts';
import { runOfLane, type ExperimentConfig, type LaneConfig } from '../../model/config.ts';
import { toFailure } from '../../protocol/failure.ts';
import type { Failure, KeptCheckpoint } from '../../protocol/protocol.ts';
import { branchings } from '../runs/ancestry.ts';
import type { AppState } from '../state/AppState.ts';
import type { RunKeeping } from '../state/keeping.ts';
import type { Run } from '../state/run.ts';
import { runUpTo } from '../state/runUpTo.ts';
import { endUnlessEnded } from '../state/training.ts';
import { branchLanes as words } from './enSession.ts';

/** The lanes of an experiment that still wait. */
export interface Awaiting {
  readonly awaiting: Map<string, 'waits' | 'begins'>;
  /** What lanes go on from, by their ids: those that have begun are added. */
  readonly checkpoints: Map<string, StoredCheckpoint>;
  /** Puts what was told of it so far into the state. */
  readonly tellAll: () => void;
}

/** `parent` after so many steps as the beginning of a run of its own. */
export function branchOf(
  parent: Run,
  { step, evaluationDue }: Pick<KeptCheckpoint, 'step' | 'evaluationDue'>,
  when: number,
  { id, lane, name, style, config }: Pick<Run, 'id' | 'lane' | 'name' | 'style' | 'config'>,
): Run {
  return {
    ...runUpTo(parent, step, evaluationDue),
    id,
    lane,
    name,
    style,
    config,
    created: when,
    tags: [],
    note: '',
    views: [],
    history: [
      ...parent.history,
      { kind: 'branched', step, when, run: parent.id, name: parent.name, before: parent.config },
    ],
  };
}

/** The runs as they stand before anything trains: those whose lane goes on from another one wait for it, unless they have ended. */
export const waitingForOthers = (
  runs: readonly Run[],
  { lanes }: ExperimentConfig,
  when: number,
): readonly Run[] =>
  runs.reduce<readonly Run[]>((all, run) => {
    const from = lanes.find(({ id }) => id === run.lane)?.from;
    const parent = from && all.find(({ lane }) => lane === from.lane);
    if (!parent || run.state === 'ended') return all;
    const { history } = branchOf(parent, { step: from.step, evaluationDue: false }, when, run);
    const waiting: Run = { ...run, state: 'queued', startedFrom: parent.startedFrom, history };
    return all.map((one) => (one === run ? waiting : one));
  }, runs);

/** Whether a run is a branch that never began: it has not even the steps of what it goes on from. */
export function isUnbegun({ moments }: Pick<AppState, 'moments'>, run: Run): boolean {
  const last = branchings(run.history).at(-1);
  return last !== undefined && run.step <= last.step && (moments.get(run.id)?.length ?? 0) === 0;
}

/** Has the lanes that go on from others, and have not ended, wait for them. */
export function awaitOthers(
  { awaiting }: Pick<Awaiting, 'awaiting'>,
  { lanes }: ExperimentConfig,
  runs: readonly Run[],
): void {
  for (const { id, from } of lanes) {
    if (from && runs.some(({ lane, state }) => lane === id && state === 'queued')) awaiting.set(id, 'waits');
  }
}

/** The steps after which each lane is to be kept, since lanes wait for them; by the lanes' ids. */
export function keepAtOf(
  { lanes }: Pick<ExperimentConfig, 'lanes'>,
  { awaiting }: Awaiting,
): ReadonlyMap<string, readonly number[]> {
  const steps = new Map<string, number[]>();
  for (const { id, from } of lanes) {
    if (from && awaiting.get(id) === 'waits')
      steps.set(from.lane, [...(steps.get(from.lane) ?? []), from.step]);
  }
  return steps;
}

/** Of the lanes that are done those that need not be trained again: a lane that others wait for takes part unless that moment is kept. */
export function withoutNeeded(
  { moments }: Pick<AppState, 'moments'>,
  { lanes }: ExperimentConfig,
  done: ReadonlyMap<string, Run>,
): ReadonlyMap<string, Run> {
  const left = new Map(done);
  // From the last on: what is trained again may wait itself.
  for (const { id, from } of lanes.toReversed()) {
    const parent = from && !left.has(id) ? left.get(from.lane) : undefined;
    if (parent && from && !moments.get(parent.id)?.some(({ step }) => step === from.step))
      left.delete(from.lane);
  }
  return left;
}

interface BranchServices<E extends Awaiting> {
  readonly keeping: RunKeeping;
  readonly now: WallClock;
  /** Whether the experiment is still that of now. */
  readonly isCurrent: (experiment: E) => boolean;
  /** Trains a lane that begins with `checkpoint`, beside what trains. */
  readonly join: (lane: LaneConfig, checkpoint: StoredCheckpoint) => void;
}

export function branchLanes<E extends Awaiting>(
  store: StoreApi<AppState>,
  { keeping, now, isCurrent, join }: BranchServices<E>,
) {
  const setRun = (lane: string, change: (run: Run) => Run) =>
    store.setState(({ training }) => ({
      training: { ...training, runs: training.runs.map((run) => (run.lane === lane ? change(run) : run)) },
    }));
  const ofLane = (lane: string) => store.getState().training.runs.find((run) => run.lane === lane);
  const fail = (lane: string, failure: Failure) =>
    setRun(lane, (run) => ({
      ...endUnlessEnded(run, 'error'),
      end: { reason: 'error', divergedAt: null, failure },
    }));

  /** Has a lane begin with a moment of the one that it goes on from. Returns whether it has. */
  async function begin(
    experiment: E,
    lane: LaneConfig,
    made: Pick<KeptCheckpoint, 'step' | 'evaluationDue'>,
    fileAs: (config: ReturnType<typeof runOfLane>) => Promise<ArrayBuffer>,
  ): Promise<boolean> {
    const { step, evaluationDue } = made;
    const of = store.getState().training.experiment;
    const parent = lane.from && ofLane(lane.from.lane);
    if (!of || !parent) return false;
    experiment.awaiting.set(lane.id, 'begins');
    try {
      const file = await fileAs(runOfLane(of, lane));
      const run = ofLane(lane.id);
      // It may have been stopped, or replaced, meanwhile.
      if (!isCurrent(experiment) || !run || !experiment.awaiting.delete(lane.id)) return false;
      const begun = branchOf(ofLane(parent.lane) ?? parent, made, now(), run);
      setRun(lane.id, () => begun);
      experiment.checkpoints.set(lane.id, { step, file });
      // Its beginning is none that its seed knows: interrupted at once, it begins here again.
      keeping.keepCheckpoint(begun.id, { step, why: 'ladder', evaluationDue, file });
      return true;
    } catch (error) {
      if (isCurrent(experiment) && experiment.awaiting.delete(lane.id)) fail(lane.id, toFailure(error));
      return false;
    }
  }

  const waitingFor = (experiment: E, parent: string, step: number) =>
    (store.getState().training.experiment?.lanes ?? []).filter(
      ({ id, from }) =>
        experiment.awaiting.get(id) === 'waits' && from?.lane === parent && from.step === step,
    );

  return {
    /** A lane has come to a step: those that wait for it begin beside it. */
    async made(experiment: E, parent: string, made: KeptCheckpoint): Promise<void> {
      const lanes = waitingFor(experiment, parent, made.step);
      if (lanes.length === 0) return;
      // Its end may be told before they have begun.
      for (const { id } of lanes) experiment.awaiting.set(id, 'begins');
      // What led to the step has been told, and may not be in the state yet.
      experiment.tellAll();
      for (const lane of lanes) {
        const isBegun = await begin(experiment, lane, made, async (config) => {
          const { branchFile } = await import('../../model/branch.ts');
          return branchFile(made.file, config);
        });
        const checkpoint = experiment.checkpoints.get(lane.id);
        if (isBegun && checkpoint) join(lane, checkpoint);
      }
    },

    /** Before anything trains: lanes that go on from a moment which is kept begin with it. */
    async beginKept(experiment: E): Promise<void> {
      for (const lane of store.getState().training.experiment?.lanes ?? []) {
        const { from } = lane;
        const parent = from && experiment.awaiting.has(lane.id) ? ofLane(from.lane) : undefined;
        if (!from || !parent || parent.step < from.step) continue;
        const moments = store.getState().moments.get(parent.id);
        const moment = moments?.find(({ step }) => step === from.step);
        if (moment) {
          await begin(experiment, lane, moment, (config) =>
            keeping.checkpointOf(parent.id, from.step, config),
          );
        }
      }
    },

    /** Ends those that wait for what will not come: a lane that is over. */
    settle(experiment: E): void {
      if (!isCurrent(experiment)) return;
      for (const { id, from } of store.getState().training.experiment?.lanes ?? []) {
        const parent = from && experiment.awaiting.get(id) === 'waits' ? ofLane(from.lane) : undefined;
        if (!from || parent?.state !== 'ended') continue;
        experiment.awaiting.delete(id);
        if (parent.end?.reason === 'stopped') setRun(id, (run) => endUnlessEnded(run, 'stopped'));
        else
          fail(id, { name: 'BranchError', message: words.noBeginning(parent.name, parent.step, from.step) });
      }
    },

    /** Ends one that waits, or all. */
    stop(experiment: E, lane?: string): void {
      for (const id of [...experiment.awaiting.keys()].filter((one) => lane === undefined || one === lane)) {
        experiment.awaiting.delete(id);
        setRun(id, (run) => endUnlessEnded(run, 'stopped'));
      }
    },
  };
}
