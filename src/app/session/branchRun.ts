/** Goes back to a moment of a run, and from there on under a changed configuration; or gives the run more steps. */
import type { StoreApi } from 'zustand/vanilla';
import type { LaneConfig, RunConfig } from '../../model/config.ts';
import { modelName } from '../../model/families.ts';
import type { WallClock } from '../../model/clock.ts';
import { allRuns } from '../runs/allRuns.ts';
import { branchings } from '../runs/ancestry.ts';
import { introduceRun } from '../runs/looks/introduceRun.ts';
import { laneStyles } from '../runs/looks/laneStyles.ts';
import { keepRuns } from '../runs/runArchive.ts';
import type { ReplaceActions, TrainingActions } from '../state/App.ts';
import type { AppState } from '../state/AppState.ts';
import type { Moment, RunKeeping } from '../state/keeping.ts';
import type { Run } from '../state/run.ts';
import { runUpTo } from '../state/runUpTo.ts';
import { isLive, phaseOf } from '../state/training.ts';
import type { GoingOn } from './continueRuns.ts';
import { branchOf } from './branchLanes.ts';
import { experimentOfRuns, runsHere, type LaneRun } from './experimentOfRuns.ts';

interface BranchServices {
  readonly keeping: RunKeeping;
  readonly now: WallClock;
  /** Tells experiments apart, in the ids of their runs. */
  readonly nextOrdinal: () => number;
  readonly replaceExperiment: ReplaceActions['replaceExperiment'];
  readonly goOn: (going: GoingOn) => Promise<void>;
}

/** Characters of a lane's own name (laneSchema). */
const LONGEST_NAME = 40;

/** The lane under its run's name, where its net alone does not say it. */
const named = (lane: LaneConfig, name: string): LaneConfig =>
  name === modelName(lane.model) ? lane : { ...lane, name: name.slice(0, LONGEST_NAME) };

const freeLane = (others: readonly LaneRun[]): string => {
  for (let i = 1; ; i++) {
    const lane = i === 1 ? 'branch' : `branch-${i}`;
    if (!others.some((other) => other.lane === lane)) return lane;
  }
};

/** What `run` is a branch of, the first one first: as it was when it was left, whether it is still there or not. */
function forebears({ history, lane }: Run, all: readonly Run[]): readonly (LaneRun & Pick<Run, 'name'>)[] {
  const taken = new Set([lane]);
  return branchings(history).map(({ run: id, name, before }, i) => {
    const own = all.find((one) => one.id === id)?.lane ?? 'parent';
    let free = own;
    for (let n = 2; taken.has(free); n++) free = `${own}-${n}`;
    taken.add(free);
    return { id, name, lane: free, config: before, history: branchings(history).slice(0, i) };
  });
}

export function branchRun(
  store: StoreApi<AppState>,
  { keeping, now, nextOrdinal, replaceExperiment, goOn }: BranchServices,
): Pick<TrainingActions, 'branchRun' | 'trainOn'> {
  const live = () => isLive(phaseOf(store.getState().training));

  async function momentOf(id: string, step: number, config: RunConfig) {
    const found = runsHere(store.getState()).find((run) => run.id === id);
    const moment = store
      .getState()
      .moments.get(id)
      ?.find((one) => one.step === step);
    if (!found || !moment || live()) return null;
    const [loaded] = await keeping.load([found]);
    const file = await keeping.checkpointOf(id, step, config);
    return loaded && !live() ? { parent: loaded, moment, file } : null;
  }

  /** Puts `run` on the stage, and before it what it is a branch of: what was there is among the earlier runs, and drawn as before. */
  async function begin(
    run: Run,
    before: readonly Run[],
    file: ArrayBuffer,
    { step, evaluationDue }: Moment,
  ): Promise<void> {
    const line = [...forebears(before[0] ?? run, runsHere(store.getState())), ...before, run];
    const plain = experimentOfRuns(line);
    if (!plain) return;
    const experiment = { ...plain, lanes: plain.lanes.map((lane, i) => named(lane, line[i]?.name ?? '')) };
    replaceExperiment(experiment);
    const going = goOn({
      experiment,
      runs: [...before, run],
      checkpoints: new Map([[run.lane, { step, file }]]),
    });
    // Its beginning is none that its seed knows: interrupted at once, it begins here again.
    keeping.keepCheckpoint(run.id, { step, why: 'ladder', evaluationDue, file });
    await going;
  }

  return {
    async branchRun(id, step, config, name) {
      const found = await momentOf(id, step, config);
      if (!found) return;
      const { parent, moment, file } = found;
      const { archive, library } = store.getState();
      // Its curve begins on its parent's, which is drawn.
      if (library.some((run) => run.id === id)) {
        store.setState({
          archive: keepRuns(archive, [parent], store.getState().keeping.kind),
          library: library.filter((run) => run.id !== id),
        });
      }
      store.setState(({ view }) => ({
        view: { ...view, hidden: view.hidden.filter((hidden) => hidden !== id) },
      }));
      const lane = freeLane(forebears(parent, runsHere(store.getState())).concat(parent));
      const style = laneStyles([config.model])[0] ?? parent.style;
      const own = { id: `${nextOrdinal()}/${lane}`, lane, name, style, config };
      const run = branchOf(parent, moment, now(), own);
      await begin(introduceRun(run, allRuns(store.getState())), [parent], file, moment);
    },

    async trainOn(id, steps) {
      const run = runsHere(store.getState()).find((one) => one.id === id);
      const last = store.getState().moments.get(id)?.at(-1);
      if (!run?.config || !last) return;
      const config: RunConfig = { ...run.config, steps };
      if (!(await keeping.claim([run]))) return;
      const found = await momentOf(id, last.step, config);
      if (!found) return;
      const { parent, moment, file } = found;
      const longer: Run = {
        ...runUpTo(parent, last.step, moment.evaluationDue),
        config,
        history: [
          ...parent.history,
          { kind: 'continued', step: last.step, when: now(), before: parent.config },
        ],
      };
      await begin(longer, [], file, moment);
    },
  };
}
