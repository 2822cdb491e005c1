import { useMemo, useRef, useState, type ReactNode } from 'react';
import { MOST_LANES } from '../../model/config.ts';
import { useApp, useAppState, useSlowAppState } from '../state/hooks/AppContext.ts';
import { selectPace, type AppState } from '../state/AppState.ts';
import { missingTwins, type LaneDraft } from '../state/draft.ts';
import { heldBy, isLive, milestonesOf, phaseOf } from '../state/training.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { lazyPart } from '../ui/parts/lazyPart.tsx';
import { describeLanes } from './describeLanes.ts';
import { weights as weightsWords } from './enLaneMenu.ts';
import { lanes as words } from './enLanes.ts';
import { LaneChip } from './LaneChip.tsx';
import { RenameLane } from './RenameLane.tsx';
import { useLaneFocus } from './useLaneFocus.ts';
import { useSaveWeights } from './useSaveWeights.ts';
import { useScrollEdges } from './useScrollEdges.ts';

/** Asked for by a press. */
const NetPicker = lazyPart('NetPicker', () =>
  import('./picker/NetPicker.tsx').then((module) => module.NetPicker),
);

interface Props {
  /** The lane whose editor is open (LaneEditorPanel). */
  readonly open: string | null;
  readonly onOpen: (lane: string | null) => void;
  /** What chooses the file of weights that a lane starts from. */
  readonly startWeights: (lane: string) => ReactNode;
}

/** What stands before the page. */
type Asked = { readonly kind: 'net' } | { readonly kind: 'rename' | 'start'; readonly lane: string };

const selectRuns = (state: AppState) => state.training.runs;

/** The nets of the experiment, side by side. */
export function LanesStrip({ open, onOpen, startWeights }: Props) {
  const app = useApp();
  const lanes = useAppState((state) => state.draft.lanes);
  const live = useAppState((state) => isLive(phaseOf(state.training)));
  const pace = useAppState(selectPace);
  const density = useAppState((state) => state.view.density);
  const runs = useSlowAppState(selectRuns, 500, { urgentKey: milestonesOf });
  const looks = useMemo(() => describeLanes(lanes), [lanes]);
  const [asked, setAsked] = useState<Asked | null>(null);
  const list = useRef<HTMLUListElement>(null);
  useScrollEdges(list, `${lanes.length} ${density}`);
  const runOf = (lane: LaneDraft) => runs.find((run) => run.lane === lane.id) ?? null;
  const isLocked = (lane: LaneDraft) => live && runOf(lane) !== null;
  const edited = lanes.find((lane) => lane.id === open);
  const focus = useLaneFocus(open, onOpen, edited !== undefined && !isLocked(edited));
  const saving = useSaveWeights();
  const full = lanes.length >= MOST_LANES;
  const ofAsked = asked && asked.kind !== 'net' ? lanes.findIndex((lane) => lane.id === asked.lane) : -1;
  const close = () => setAsked(null);

  const addTwins = () => {
    const before = new Set(lanes.map(({ id }) => id));
    if (live) void app.addTwinsAndTrain();
    else app.addTwins();
    const [first] = app.store.getState().draft.lanes.filter(({ id }) => !before.has(id));
    if (!first) return;
    focus.later(first.id);
  };
  const remove = (lane: LaneDraft) => {
    const index = lanes.indexOf(lane);
    const neighbour = lanes[index + 1] ?? lanes[index - 1];
    if (neighbour) focus.later(neighbour.id);
    app.removeLane(lane.id);
  };

  return (
    <section className="lanes" aria-label={words.heading} data-density={density}>
      <ul ref={list} className="lanes-list">
        {lanes.map((lane, i) => {
          const run = runOf(lane);
          const look = looks[i]!;
          return (
            <LaneChip
              key={lane.id}
              lane={lane}
              look={look}
              run={run}
              heldBy={run && heldBy(run, runs, pace)}
              isLive={live}
              isLocked={isLocked(lane)}
              isOnly={lanes.length === 1}
              isFull={full}
              menuRef={focus.refOf(lane.id)}
              actions={{
                change: () => onOpen(lane.id),
                duplicate: () => focus.later(app.duplicateLane(lane.id)),
                rename: () => setAsked({ kind: 'rename', lane: lane.id }),
                startWeights: () => setAsked({ kind: 'start', lane: lane.id }),
                saveWeights: () => void saving.save(lane.id, run?.name ?? look.name),
                remove: () => remove(lane),
              }}
            />
          );
        })}
        <li className="lanes-add">
          <button
            type="button"
            aria-haspopup="dialog"
            disabled={full}
            title={full ? words.full : undefined}
            onClick={() => setAsked({ kind: 'net' })}
          >
            {words.add}
          </button>
          {missingTwins(lanes).length > 0 && (
            <button
              type="button"
              title={live ? words.addTwinsNowHint : words.addTwinsHint}
              disabled={full}
              onClick={addTwins}
            >
              {words.addTwins}
            </button>
          )}
          {full && <span className="field-hint">{words.full}</span>}
        </li>
      </ul>
      <p role="status" className={saving.isFault ? 'field-fault' : 'visually-hidden'}>
        {saving.said}
      </p>
      {asked?.kind === 'net' && <NetPicker onClose={close} onAdded={focus.later} />}
      {asked?.kind === 'rename' && lanes[ofAsked] && (
        <RenameLane
          lane={lanes[ofAsked]}
          run={runOf(lanes[ofAsked])}
          isLocked={isLocked(lanes[ofAsked])}
          onClose={close}
        />
      )}
      {asked?.kind === 'start' && lanes[ofAsked] && (
        <Dialog heading={weightsWords.startOf(looks[ofAsked]!.name)} onClose={close}>
          {startWeights(asked.lane)}
        </Dialog>
      )}
    </section>
  );
}
