/** Goes on with runs that are over before their time, each from the last moment that is kept of it. */
import type { StoreApi } from 'zustand/vanilla';
import type { StoredCheckpoint } from '../../client/clientTypes.ts';
import type { ExperimentConfig } from '../../model/config.ts';
import type { WallClock } from '../../model/clock.ts';
import type { TrainingActions } from '../state/App.ts';
import type { AppState } from '../state/AppState.ts';
import type { RunKeeping } from '../state/keeping.ts';
import type { Run } from '../state/run.ts';
import { runUpTo } from '../state/runUpTo.ts';
import { isLive, phaseOf } from '../state/training.ts';
import { isUnbegun } from './branchLanes.ts';
import { canGoOn, isOfItsSeed, lastMoment } from './goingOn.ts';
import { experimentOfRuns, interruptedRuns, runsHere, withThoseBeside } from './experimentOfRuns.ts';

/** Runs that go on, and those beside them on the stage. */
export interface GoingOn {
  readonly experiment: ExperimentConfig;
  readonly runs: readonly Run[];
  /** By the ids of lanes; one without goes on from its seed. */
  readonly checkpoints: ReadonlyMap<string, StoredCheckpoint>;
}

interface Start {
  readonly run: Run;
  readonly checkpoint: StoredCheckpoint | null;
}

export function continueRuns(
  store: StoreApi<AppState>,
  { keeping, now }: { readonly keeping: RunKeeping; readonly now: WallClock },
  goOn: (going: GoingOn) => Promise<void>,
): Pick<TrainingActions, 'continueRuns'> {
  /** From its last moment that can be read, or from its beginning, which its seed knows; null where that was a file. */
  async function startOf(run: Run): Promise<Start | null> {
    let moment = lastMoment(store.getState(), run);
    while (moment) {
      const { step, evaluationDue } = moment;
      // Of its present settings: earlier moments may be of fewer steps. What is damaged is passed over.
      const file = await keeping.checkpointOf(run.id, step, run.config ?? undefined).catch(() => null);
      if (file) return { run: begun(run, step, evaluationDue), checkpoint: { step, file } };
      moment = lastMoment(store.getState(), { ...run, step: step - 1 });
    }
    return isOfItsSeed(run) ? { run: begun(run, 0, false), checkpoint: null } : null;
  }

  function begun(run: Run, step: number, evaluationDue: boolean): Run {
    const upTo = runUpTo(run, step, evaluationDue);
    return { ...upTo, history: [...run.history, { kind: 'continued', step, when: now(), before: null }] };
  }

  /** A branch that never began waits again, where what it goes on from comes to its step, or has that moment. */
  function waiting(
    run: Run,
    { lanes }: ExperimentConfig,
    starts: ReadonlyMap<string, Start>,
    runs: readonly Run[],
  ): Run {
    const state = store.getState();
    const from = lanes.find(({ id }) => id === run.lane)?.from;
    const parent = from && runs.find(({ lane }) => lane === from.lane);
    const { reason } = run.end ?? {};
    if (!parent || !isUnbegun(state, run) || (reason !== 'interrupted' && reason !== 'error')) return run;
    const isKept = state.moments
      .get(parent.id)
      ?.some(({ step }) => step === from.step && step <= parent.step);
    const start = starts.get(parent.id);
    const comes = start !== undefined && start.run.step < from.step;
    return isKept || comes ? { ...run, state: 'queued', end: null } : run;
  }

  return {
    async continueRuns(ids) {
      const state = store.getState();
      if (isLive(phaseOf(state.training))) return;
      const chosen = ids ? runsHere(state).filter(({ id }) => ids.includes(id)) : interruptedRuns(state);
      const beside = withThoseBeside(state, chosen);
      const isChosen = ({ id }: Run) => chosen.some((one) => one.id === id);
      const claimed = await keeping.claim(chosen);
      // Another tab goes on with them: it is shown here soon.
      if (!claimed) return;
      const others = await keeping.load(beside.filter((run) => !isChosen(run)));
      const fresh = new Map([...claimed, ...others].map((run) => [run.id, run]));
      const runs = beside.flatMap(({ id }) => fresh.get(id) ?? []);
      const starts = new Map<string, Start>();
      for (const run of runs) {
        if (!isChosen(run) || !canGoOn(store.getState(), run)) continue;
        const start = await startOf(run);
        if (start) starts.set(run.id, start);
      }
      const { training } = store.getState();
      const staged = training.experiment;
      const isStaged = staged !== null && runs.every(({ id }) => training.runs.some((run) => run.id === id));
      const experiment = isStaged ? staged : experimentOfRuns(runs);
      if (!experiment || isLive(phaseOf(training))) return;
      const goes = runs.map((run) => starts.get(run.id)?.run ?? waiting(run, experiment, starts, runs));
      if (goes.every(({ state: is }) => is === 'ended')) return;
      await goOn({
        experiment,
        runs: goes,
        checkpoints: new Map(
          [...starts.values()].flatMap(({ run, checkpoint }) =>
            checkpoint ? [[run.lane, checkpoint] as const] : [],
          ),
        ),
      });
    },
  };
}
