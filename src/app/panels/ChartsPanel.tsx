import { useMemo, useState } from 'react';
import { useApp, useAppState, useSlowAppState } from '../AppContext.ts';
import { charts as words, formats, tick } from '../messages/enCharts.ts';
import { twoDecimals } from '../messages/format.ts';
import { totalSteps } from '../store/progress.ts';
import { readDraft, readNumber } from '../store/readDraft.ts';
import { createSourceSelector } from '../store/stableSources.ts';
import { isLive, phaseOf } from '../store/training.ts';
import { createCrosshair } from '../ui/charts/crosshair.ts';
import { CurveChart } from '../ui/charts/CurveChart.tsx';
import { buildCurves, type Quantity } from '../ui/charts/curves.ts';
import { CurveTable } from '../ui/charts/CurveTable.tsx';
import { guessing } from '../ui/charts/guessing.ts';
import type { Reference } from '../ui/charts/reference.ts';
import { ChartSave } from './ChartSave.tsx';
import { KeepingButton } from './KeepingButton.tsx';

const guess = (value: number): readonly Reference[] => [
  { id: 'guessing', name: words.guessing, value, style: null },
];
const references: Readonly<Record<Quantity, readonly Reference[]>> = {
  error: guess(guessing.error),
  loss: guess(guessing.loss),
  speed: [],
};

/** Milliseconds between two drawings: each chart has its own beat, so that they rarely fall into one task. */
const beats: Readonly<Record<Quantity, number>> = { error: 280, loss: 410, speed: 1100 };

export function ChartsPanel() {
  const app = useApp();
  const smoothing = useAppState((state) => state.view.smoothing);
  const [showsTable, setShowsTable] = useState(false);
  const [crosshair] = useState(createCrosshair);
  const budget = useBudget();
  const smoothingText = twoDecimals(smoothing);
  const shared = { crosshair, budget, showsTable, smoothing };

  return (
    <section className="charts" id="curves" aria-label={words.region} tabIndex={-1}>
      <div className="tools">
        <h3>{words.error}</h3>
        <ChartSave quantity="error" title={words.error} />
        <Legend />
        <span className="tools-end">
          <label title={words.smoothingHint}>
            {words.smoothing}
            <input
              type="range"
              min="0"
              max="0.99"
              step="0.01"
              value={smoothing}
              aria-valuetext={smoothingText}
              onChange={(event) => app.setView({ smoothing: Number(event.target.value) })}
            />
            <span className="tools-value" aria-hidden="true">
              {smoothingText}
            </span>
          </label>
          <button
            type="button"
            className="button-small"
            aria-pressed={showsTable}
            onClick={() => setShowsTable(!showsTable)}
          >
            {words.table}
          </button>
          <KeepingButton />
        </span>
      </div>
      <div className="chart-main">
        <LiveChart quantity="error" title={words.error} height={360} {...shared} />
        <EmptyNote />
      </div>
      <StaleNote />
      <div className="charts-small">
        <div>
          <div className="chart-head">
            <h3>{words.loss}</h3>
            <ChartSave quantity="loss" title={words.loss} />
          </div>
          <LiveChart quantity="loss" title={words.loss} height={220} {...shared} />
        </div>
        <div>
          <div className="chart-head">
            <h3>{words.speed}</h3>
            <ChartSave quantity="speed" title={words.speed} />
          </div>
          <LiveChart quantity="speed" title={words.speed} height={220} {...shared} />
        </div>
      </div>
    </section>
  );
}

interface LiveChartProps {
  readonly quantity: Quantity;
  readonly title: string;
  readonly height: number;
  readonly budget: number | null;
  readonly smoothing: number;
  readonly showsTable: boolean;
  readonly crosshair: ReturnType<typeof createCrosshair>;
}

function LiveChart({ quantity, smoothing, showsTable, ...rest }: LiveChartProps) {
  const [select] = useState(createSourceSelector);
  const sources = useSlowAppState(select, beats[quantity]);
  const curves = useMemo(() => buildCurves(sources, quantity, { smoothing }), [sources, quantity, smoothing]);
  return (
    <>
      <CurveChart
        quantity={quantity}
        curves={curves}
        references={references[quantity]}
        format={formats[quantity]}
        formatTick={tick[quantity]}
        {...rest}
      />
      {showsTable && (
        <CurveTable
          title={rest.title}
          curves={curves}
          hasTest={quantity !== 'speed'}
          format={formats[quantity]}
        />
      )}
    </>
  );
}

/** Steps of the experiment on the stage, or of the one that is being made. */
function useBudget(): number | null {
  const draft = useAppState((state) => state.draft);
  const trained = useAppState((state) => state.trained);
  const experiment = trained ?? readDraft(draft).experiment;
  if (experiment) return totalSteps(experiment.recipe);
  // The axis keeps its length while some other field is wrong.
  return draft.recipe.budgetUnit === 'steps' ? (readNumber(draft.recipe.budget) ?? null) : null;
}

function Legend() {
  return (
    <span className="legend">
      <svg width="26" height="8" aria-hidden="true">
        <line x1="0" x2="26" y1="4" y2="4" stroke="currentColor" strokeWidth="2.8" />
      </svg>
      {words.test}
      <svg width="26" height="8" aria-hidden="true">
        <line x1="0" x2="26" y1="4" y2="4" stroke="currentColor" strokeWidth="1.6" strokeDasharray="5 4" />
      </svg>
      {words.training}
    </span>
  );
}

function EmptyNote() {
  const isEmpty = useAppState(
    (state) => state.training.runs.every((run) => run.step === 0) && state.imported.length === 0,
  );
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
  const draft = useAppState((state) => state.draft);
  const trained = useAppState((state) => state.trained);
  const live = useAppState((state) => isLive(phaseOf(state.training)));
  const isStale = useMemo(() => {
    if (!trained || live) return false;
    const { experiment } = readDraft(draft);
    return experiment !== null && JSON.stringify(experiment) !== JSON.stringify(trained);
  }, [draft, trained, live]);
  return isStale ? <p className="note">{words.otherSettings}</p> : null;
}
