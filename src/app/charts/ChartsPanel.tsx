import { useMemo, useState, type ReactNode } from 'react';
import { decisive } from '../../model/decisive.ts';
import { sameSettings } from '../../model/sameSettings.ts';
import { useApp, useAppState } from '../state/hooks/AppContext.ts';
import { charts as words } from './enCharts.ts';
import { Boundary } from '../ui/parts/Boundary.tsx';
import { allRuns } from '../runs/allRuns.ts';
import { curveSources, type CurveSource } from './sources/curveSources.ts';
import { totalSteps } from '../runs/progress.ts';
import { momentNear } from '../state/momentNear.ts';
import { readDraft, readNumber } from '../state/readDraft.ts';
import { isLive, phaseOf } from '../state/training.ts';
import { createChartSpace } from './reading/chartSpace.ts';
import { ChartCard, type Pin } from './ChartCard.tsx';
import { ChartLegend } from './ChartLegend.tsx';
import { ChartTools } from './ChartTools.tsx';
import { measures } from '../state/chartView.ts';

interface Props {
  /** What opens export and import; it stands among the tools. */
  readonly exchange: ReactNode;
  /** What the curves show, in one sentence: the title of pictures that are saved of them. */
  readonly headline?: string | null;
}

/** The curves: one large chart that fills the height it is given, and if they are wanted the other measures below it. */
export function ChartsPanel({ exchange, headline = null }: Props) {
  const { store } = useApp();
  const [space] = useState(createChartSpace);
  const [showsTable, setShowsTable] = useState(false);
  const [pin, setPin] = useState<Pin | null>(null);
  const [frozen, setFrozen] = useState<readonly CurveSource[] | null>(null);
  const budget = useBudget();
  const measure = useAppState((state) => state.view.measure);
  const allMeasures = useAppState((state) => state.view.allMeasures);
  const moment = useMoment();
  // A moment of a run that is looked at is read where it stands; a place that is chosen is the moment next to it.
  const onPin = (at: Pin | null) => (moment && at ? moment.goTo(at.place) : setPin(at));
  const shared = {
    space,
    budget,
    showsTable,
    pin: moment ? { quantity: measure, place: moment.step } : pin,
    onPin,
    frozen,
    headline,
  };
  return (
    <section className="charts" id="curves" aria-label={words.region} tabIndex={-1}>
      <ChartTools
        space={space}
        showsTable={showsTable}
        onTable={setShowsTable}
        isFrozen={frozen !== null}
        onFreeze={(freeze) => setFrozen(freeze ? curveSources(store.getState()) : null)}
        onAxis={() => setPin(null)}
        exchange={exchange}
      />
      <ChartLegend />
      <div className="chart-main">
        <Boundary name="chart">
          <ChartCard key={measure} quantity={measure} isLarge {...shared} />
        </Boundary>
        <EmptyNote />
      </div>
      <StaleNote />
      {allMeasures && (
        <div className="charts-small">
          {measures
            .filter((other) => other !== measure)
            .map((quantity) => (
              <Boundary key={quantity} name="chart">
                <ChartCard quantity={quantity} isLarge={false} {...shared} />
              </Boundary>
            ))}
        </div>
      )}
    </section>
  );
}

/** The kept moment that the drawer shows, where the charts go by steps. */
function useMoment() {
  const { openDrawer } = useApp();
  const drawer = useAppState((state) => state.drawer);
  const moments = useAppState((state) =>
    drawer?.kind === 'moment' ? state.moments.get(drawer.run) : undefined,
  );
  const isBySteps = useAppState((state) => state.view.x === 'step');
  if (drawer?.kind !== 'moment' || !isBySteps) return null;
  const step = momentNear(moments ?? [], drawer.step)?.step ?? drawer.step;
  return { step, goTo: (step: number) => openDrawer({ ...drawer, step: Math.round(step) }) };
}

/** Steps of the present experiment, or of the one that is being made. */
function useBudget(): number | null {
  const draft = useAppState((state) => state.draft);
  const trained = useAppState((state) => state.training.experiment);
  const experiment = trained ?? readDraft(draft).experiment;
  if (experiment) return totalSteps(experiment.recipe);
  // The axis keeps its length while some other field is wrong.
  return draft.recipe.budgetUnit === 'steps' ? (readNumber(draft.recipe.budget) ?? null) : null;
}

function EmptyNote() {
  const isEmpty = useAppState((state) => allRuns(state).every((run) => run.step === 0));
  if (!isEmpty) return null;
  return (
    <div className="chart-empty">
      <p>{words.emptyTitle}</p>
      <p>{words.emptyText}</p>
    </div>
  );
}

/** Says so when the curves are of other settings than the form's. */
function StaleNote() {
  const experiment = useAppState((state) => readDraft(state.draft).experiment);
  const trained = useAppState((state) => state.training.experiment);
  const live = useAppState((state) => isLive(phaseOf(state.training)));
  const isStale = useMemo(() => {
    if (!trained || live) return false;
    if (!experiment) return false;
    const [form, curves] = [experiment, trained].map((of) => ({ ...of, recipe: decisive(of.recipe) }));
    return !sameSettings(form, curves);
  }, [experiment, trained, live]);
  return isStale ? <p className="note">{words.otherSettings}</p> : null;
}
