import { useEffect, useMemo, type RefCallback } from 'react';
import { buildGraph } from '../../model/graph.ts';
import { measureGraph } from '../../model/shapes.ts';
import { secondsLeft, spentShare } from '../runs/progress.ts';
import { useSteadyLeft } from '../runs/useSteadyLeft.ts';
import { useApp, useAppState } from '../state/hooks/AppContext.ts';
import type { LaneDraft } from '../state/draft.ts';
import { readModel } from '../state/readDraft.ts';
import type { Run } from '../state/run.ts';
import { weightsOf } from '../state/startWeights.ts';
import { percent } from '../ui/format.ts';
import { LaneMark, laneColor, laneTextColor } from '../ui/Marker.tsx';
import { MiddleCut } from '../ui/MiddleCut.tsx';
import { MenuButton } from '../ui/MenuButton.tsx';
import { describeLanes, type LaneLook } from './describeLanes.ts';
import { useOwnRun } from './useOwnRun.ts';
import { menu as menuWords } from './enLaneMenu.ts';
import { lanes as words } from './enLanes.ts';
import { laneMenu, type LaneActions, type LaneFacts } from './laneMenu.ts';
import { lastTest, paceText, stateText, testText, trainingError } from './laneTexts.ts';

type Facts = Omit<LaneFacts, 'run' | 'isSound' | 'isHidden' | 'hasMoments' | 'isBranch'>;

interface Props extends Facts {
  readonly lane: LaneDraft;
  readonly look: LaneLook;
  /** Its present or last run. */
  readonly run: Run | null;
  /** The run that this one waits for. */
  readonly heldBy: Run | null;
  /** What a lane's menu does, but for what a chip can do by itself. */
  readonly actions: Pick<
    LaneActions,
    'change' | 'duplicate' | 'rename' | 'startWeights' | 'saveWeights' | 'remove'
  >;
  readonly menuRef: RefCallback<HTMLButtonElement>;
}

/** A net of the experiment in a few words: its name, its error, what is out of the ordinary, and everything else in its menu. */
export function LaneChip({ lane, look, run: lastRun, heldBy, actions, menuRef, ...facts }: Props) {
  const app = useApp();
  const run = useOwnRun(lane, lastRun, facts.isLocked);
  const name = run?.name ?? look.name;
  const style = run?.style ?? look.style;
  const highlight = useHighlight(run?.id ?? lane.id);
  const isHidden = useAppState((state) => run !== null && state.view.hidden.includes(run.id));
  const hasMoments = useAppState((state) => run !== null && (state.moments.get(run.id)?.length ?? 0) > 0);
  const isFull = useAppState((state) => state.view.density === 'full');
  const model = useMemo(() => readModel(lane), [lane]);
  const size = useMemo(() => (model ? measureGraph(buildGraph(model)) : null), [model]);
  const startFile = useAppState(({ startWeights }) =>
    model ? weightsOf(startWeights, { id: lane.id, model })?.file : undefined,
  );
  const state = run && stateText(run, heldBy);
  const test = run && lastTest(run);
  const error = run && trainingError(run);
  const joins = facts.isLive && lastRun === null && lane.from === null;
  const origin = useAppState(({ draft }) => originText(lane, draft.lanes));
  const starts = [
    ...(origin === null ? [] : [origin]),
    ...(startFile === undefined ? [] : [words.startsFrom(startFile)]),
  ];
  const items = () =>
    laneMenu(
      { ...facts, run, isSound: model !== null, isHidden, hasMoments, isBranch: lane.from !== null },
      {
        ...actions,
        pause: () => app.pause(lane.id),
        resume: () => app.resume(lane.id),
        stop: () => app.stop(lane.id),
        join: () => app.trainLane(lane.id),
        setHidden: (hides) => run && app.setHidden([run.id], hides),
        goBack: () => run && app.openDrawer({ kind: 'moment', run: run.id, step: run.step }),
      },
    );
  const details = [
    model ? words.kind(model) : words.unsound,
    ...(size ? [words.size(size.parameters, size.multiplyAdds)] : []),
    ...starts,
    ...(state ? [state.full] : []),
    ...(test ? [testText(test)] : []),
  ];

  return (
    <li
      className="lane"
      data-lane={lane.id}
      data-step={run?.step ?? 0}
      data-state={run?.state ?? 'idle'}
      data-hidden={isHidden}
      {...highlight}
    >
      <LaneMark style={style} />
      <b title={name} style={{ color: laneTextColor(style) }}>
        <MiddleCut text={name} />
      </b>
      <MenuButton ref={menuRef} label={menuWords.of(name)} heading={name} details={details} items={items} />
      <span className="lane-text">
        {error !== null ? (
          <>
            {words.trainingError} <em>{error}</em>
          </>
        ) : model ? (
          words.kind(model)
        ) : (
          words.unsound
        )}
      </span>
      <span className="lane-text lane-note">
        {state && <StateNote {...state} shows={isFull} />}
        {test && (
          <span className="lane-test" title={testText(test)}>
            {words.testError} <em>{percent(test.error)}</em>
          </span>
        )}
        {!run &&
          starts.map((text) => (
            <span key={text} className="lane-state" title={text}>
              {text}
            </span>
          ))}
      </span>
      {joins && <JoinButton lane={lane} name={name} isSound={model !== null} />}
      {isFull && (
        <>
          <span
            className="lane-text lane-more"
            title={size ? words.sizeExact(size.parameters, size.multiplyAdds) : undefined}
          >
            {size && words.size(size.parameters, size.multiplyAdds)}
          </span>
          <span className="lane-text lane-more">{run && <PaceText run={run} heldBy={heldBy} />}</span>
        </>
      )}
      {run && <LaneProgress run={run} />}
    </li>
  );
}

/** What a lane goes on from; null if it begins by itself. */
function originText({ from }: LaneDraft, lanes: readonly LaneDraft[]): string | null {
  if (!from) return null;
  const parent = describeLanes(lanes)[lanes.findIndex(({ id }) => id === from.lane)];
  return words.goesOnFrom(parent?.name ?? from.lane, from.step);
}

function PaceText({ run, heldBy }: { run: Run; heldBy: Run | null }) {
  return paceText(run, heldBy, useSteadyLeft(secondsLeft(run), run.trainingSeconds.last ?? 0));
}

/** In few words to see, in full to hear and to point at. */
function StateNote({ short, full, shows }: { short: string | null; full: string; shows: boolean }) {
  const seen = short ?? (shows ? full : null);
  return (
    <>
      {seen !== null && (
        <span className="lane-state" title={full} aria-hidden="true">
          {seen}
        </span>
      )}
      <span className="visually-hidden">{full}</span>
    </>
  );
}

function JoinButton({ lane, name, isSound }: { lane: LaneDraft; name: string; isSound: boolean }) {
  const app = useApp();
  return (
    <button
      type="button"
      className="button-small lane-join"
      title={words.joinHint}
      aria-label={words.joinNamed(name)}
      disabled={!isSound}
      onClick={() => app.trainLane(lane.id)}
    >
      {words.join}
    </button>
  );
}

function LaneProgress({ run }: { run: Run }) {
  const share = 100 * spentShare(run);
  return (
    <div
      className="bar"
      role="progressbar"
      aria-label={words.progress(run.name)}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share)}
    >
      <div style={{ width: `${share}%`, background: laneColor(run.style) }} />
    </div>
  );
}

/** Brings the curves of `id` forward while its chip is pointed at, or has the focus. */
function useHighlight(id: string) {
  const app = useApp();
  const isHighlighted = useAppState(({ highlighted }) => highlighted === id);
  useEffect(
    () => () => {
      if (app.store.getState().highlighted === id) app.highlight(null);
    },
    [app, id],
  );
  return {
    'data-highlighted': isHighlighted,
    onPointerEnter: () => app.highlight(id),
    onPointerLeave: () => app.highlight(null),
    onFocus: () => app.highlight(id),
    onBlur: () => app.highlight(null),
  };
}
