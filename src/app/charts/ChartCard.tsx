import { useMemo, useState } from 'react';
import { useApp, useAppState, useSlowAppState } from '../state/hooks/AppContext.ts';
import { charts as words, quantityWords, tools } from './enCharts.ts';
import { lazyPart } from '../ui/parts/lazyPart.tsx';
import { allRuns } from '../runs/allRuns.ts';
import { sameItems } from '../state/sameItems.ts';
import { curveSources, sourceWith, type CurveSource } from './sources/curveSources.ts';
import type { ChartSpace } from './reading/chartSpace.ts';
import { CurveChart } from './plot/CurveChart.tsx';
import type { ReadingKey, ReadingOrder } from './reading/reading.ts';
import { areSameReferences } from './references/reference.ts';
import { createReferences } from './references/references.ts';
import { useCurves } from './curves/useCurves.ts';
import { useFullScreen } from './useFullScreen.ts';
import { Term } from '../ui/glossary/Term.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import type { AppState } from '../state/AppState.ts';
import { quantityRow, type Quantity } from './quantities.ts';
import { SideBySide } from './SideBySide.tsx';
import { SplitsKey } from './SplitsKey.tsx';

/** These come when there is something to save, and when they are asked for. */
const ChartSave = lazyPart(
  'ChartSave',
  () => import('./picture/ChartSave.tsx').then((module) => module.ChartSave),
  {
    small: true,
  },
);
const CurveTable = lazyPart('CurveTable', () =>
  import('./reading/CurveTable.tsx').then((module) => module.CurveTable),
);
const PinnedReading = lazyPart('PinnedReading', () =>
  import('./reading/PinnedReading.tsx').then((module) => module.PinnedReading),
);

/** A reading that is kept: a place on the axis, and the chart that shows its values. */
export interface Pin {
  readonly place: number;
  readonly quantity: Quantity;
}

export interface ChartCardProps {
  readonly quantity: Quantity;
  /** The large one fills the room that there is, and can be taken apart into one chart for each lane. */
  readonly isLarge: boolean;
  readonly space: ChartSpace;
  readonly budget: number | null;
  readonly showsTable: boolean;
  readonly pin: Pin | null;
  readonly onPin: (pin: Pin | null) => void;
  /** What is drawn while drawing is paused. */
  readonly frozen: readonly CurveSource[] | null;
  /** What the curves show, as the title of a picture; null where there is nothing to say yet. */
  readonly headline: string | null;
}

const hasNothing = (state: AppState) => allRuns(state).every((run) => run.step === 0);

/** One chart with its title and buttons, its kept reading and its table. */
export function ChartCard({ quantity, isLarge, showsTable, pin, onPin, frozen, ...rest }: ChartCardProps) {
  const { space, budget, headline } = rest;
  const { highlight } = useApp();
  const { height, beat, format, term } = quantityRow(quantity);
  const { title, means } = quantityWords[quantity];
  const view = useAppState((state) => state.view);
  const highlighted = useAppState((state) => state.highlighted);
  const live = useSlowAppState(curveSources, beat, { isSame: sameItems });
  const shown = useMemo(
    () => (frozen ?? live).filter((source) => !view.hidden.includes(source.id)),
    [frozen, live, view.hidden],
  );
  const [selectReferences] = useState(() => createReferences(quantity));
  const references = useAppState(selectReferences, areSameReferences);
  const { smoothing, x } = view;
  const { curves, missing } = useCurves(shown, quantity, { smoothing, x });
  const front = highlighted === null ? null : (sourceWith(shown, highlighted)?.id ?? null);
  const [order, setOrder] = useState<ReadingOrder>(null);
  const sort = (key: ReadingKey) =>
    setOrder((known) => ({ key, descending: known?.key === key ? !known.descending : key !== 'name' }));
  const isEmpty = useAppState(hasNothing);
  const { isFull, element, toggle } = useFullScreen();
  const place = pin?.quantity === quantity ? pin.place : null;
  const chart = {
    quantity,
    title,
    view,
    budget,
    references,
    space,
    order,
    front,
    onPoint: highlight,
    pinned: place,
    onPin: (at: number | null) => onPin(at === null ? null : { place: at, quantity }),
  };
  return (
    <div className="chart-card" ref={element} data-full={isFull} data-large={isLarge}>
      <div className="chart-head">
        <h2>
          <Term id={term}>{title}</Term>
        </h2>
        {isLarge && <SplitsKey quantity={quantity} curves={curves} />}
        <span className="chart-buttons">
          {!isEmpty && (
            <ChartSave quantity={quantity} title={title} space={space} frozen={frozen} headline={headline} />
          )}
          <IconButton
            icon={isFull ? 'shrink' : 'enlarge'}
            label={(isFull ? tools.leaveFullScreen : tools.fullScreen)(title)}
            onClick={toggle}
          />
        </span>
      </div>
      {isLarge && view.sideBySide && curves.some((curve) => !curve.faint) ? (
        <SideBySide {...chart} curves={curves} sources={shown} />
      ) : (
        <CurveChart {...chart} curves={curves} height={isFull || isLarge ? 'fill' : height} />
      )}
      {means !== null && <p className="chart-means">{means}</p>}
      {missing.length > 0 && <p className="note">{words.missing(x, missing)}</p>}
      {place !== null && (
        <PinnedReading
          title={title}
          quantity={quantity}
          axis={x}
          place={place}
          curves={curves}
          format={format}
          order={order}
          onSort={sort}
          onClose={() => onPin(null)}
        />
      )}
      {showsTable && (
        <CurveTable title={title} quantity={quantity} axis={x} curves={curves} format={format} />
      )}
    </div>
  );
}
