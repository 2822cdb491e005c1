import { useMemo, useState } from 'react';
import { useApp, useAppState, useSlowAppState } from '../state/hooks/AppContext.ts';
import type { ModelConfig } from '../../model/config.ts';
import { difference } from '../runs/looks/enLaneNames.ts';
import { lanes as words } from './enLanes.ts';
import { missingTwins, type LaneDraft } from '../state/draft.ts';
import { MOST_LANES } from '../../model/config.ts';
import { laneNames } from '../runs/looks/laneNames.ts';
import { laneStyles } from '../runs/looks/laneStyles.ts';
import { readModel, readNumber } from '../state/readDraft.ts';
import { heldBy, isLive, milestonesOf, phaseOf } from '../state/training.ts';
import { LaneRow } from './LaneRow.tsx';
import { selectPace, type AppState } from '../state/AppState.ts';

const selectRuns = (state: AppState) => state.training.runs;

export function LanesPanel() {
  const app = useApp();
  const lanes = useAppState((state) => state.draft.lanes);
  const live = useAppState((state) => isLive(phaseOf(state.training)));
  const pace = useAppState(selectPace);
  const runs = useSlowAppState(selectRuns, 500, { urgentKey: milestonesOf });
  const [open, setOpen] = useState<string | null>(null);
  const { names, styles } = useMemo(() => describeLanes(lanes), [lanes]);
  const runOf = (lane: LaneDraft) => runs.find((run) => run.lane === lane.id) ?? null;
  const holderOf = (lane: LaneDraft) => {
    const run = runOf(lane);
    return run && heldBy(run, runs, pace);
  };
  const twins = missingTwins(lanes);
  const full = lanes.length >= MOST_LANES;

  return (
    <section className="lanes" aria-labelledby="lanes-heading">
      <h2 id="lanes-heading">{words.heading}</h2>
      <ul>
        {lanes.map((lane, i) => (
          <LaneRow
            key={lane.id}
            lane={lane}
            name={names[i]!}
            style={styles[i]!}
            run={runOf(lane)}
            heldBy={holderOf(lane)}
            locked={live && runOf(lane) !== null}
            joins={live && runOf(lane) === null}
            only={lanes.length === 1}
            full={full}
            open={open === lane.id && !(live && runOf(lane) !== null)}
            onToggle={() => setOpen(open === lane.id ? null : lane.id)}
            onDuplicate={() => setOpen(app.duplicateLane(lane.id))}
          />
        ))}
      </ul>
      <p className="lanes-add">
        {twins.length > 0 && (
          <button
            type="button"
            title={live ? words.addTwinsNowHint : words.addTwinsHint}
            disabled={full}
            onClick={() => (live ? void app.addTwinsAndTrain() : app.addTwins())}
          >
            {words.addTwins}
          </button>
        )}
        <button type="button" disabled={full} onClick={() => setOpen(app.addLane())}>
          {words.add}
        </button>
        {full && <span className="field-hint">{words.full}</span>}
      </p>
    </section>
  );
}

/** Names and styles of lanes that are being edited; a lane whose depth is impossible has no name of its net's. */
function describeLanes(lanes: readonly LaneDraft[]) {
  const models = lanes.map((lane) => readModel(lane) ?? standIn(lane));
  const named = lanes.map((lane, i) => ({
    name: lane.name.trim() || (readModel(lane) ? '' : words.unnamed(lane.block)),
    model: models[i]!,
    optimizer: lane.optimizer ?? undefined,
  }));
  return { names: laneNames(named, difference), styles: laneStyles(models) };
}

/** The net by which a lane is drawn while what was typed is none. */
function standIn({ block, shortcut, depth }: LaneDraft): ModelConfig {
  return { family: 'cifar', block, shortcut, depth: readNumber(depth) ?? 20, width: 16 };
}
