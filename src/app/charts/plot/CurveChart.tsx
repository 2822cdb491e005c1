import { memo, useCallback, useId, useMemo, useRef } from 'react';
import { useStore } from 'zustand/react';
import { charts as words, keysHint } from '../enCharts.ts';
import type { ChartView } from '../../state/chartView.ts';
import { valueRoom } from './axisTicks.ts';
import { summarise } from './chartSummary.ts';
import { ChartOverlay } from './ChartOverlay.tsx';
import { ChartPointer } from '../reading/ChartPointer.tsx';
import type { ChartSpace } from '../reading/chartSpace.ts';
import { CurveCanvas } from './CurveCanvas.tsx';
import { emphasise } from './emphasis.ts';
import { END_SIZE, NAME, VALUE_ROOM } from './EndLabels.tsx';
import { isSameLayout, type ChartLayout } from './layout.ts';
import { PlotFrame } from './PlotFrame.tsx';
import { horizontalScale, verticalScale } from './ranges.ts';
import { endFormat } from '../endFormat.ts';
import { Reading } from '../reading/Reading.tsx';
import type { ReadingOrder } from '../reading/reading.ts';
import type { Reference } from '../references/reference.ts';
import { measureIn } from './textWidth.ts';
import { useChartInput } from '../reading/useChartInput.ts';
import { useSeen } from './useSeen.ts';
import { useSettled } from './useSettled.ts';
import { useSize } from './useSize.ts';
import type { Curve } from '../curves/curve.ts';
import { quantityRow, type Quantity } from '../quantities.ts';

export interface ChartProps {
  readonly quantity: Quantity;
  readonly title: string;
  readonly curves: readonly Curve[];
  /** Lines behind them, grey: what is shown beside is compared with them, so that they decide about the axes with the others. */
  readonly context?: readonly Curve[];
  /** The id of the curve that is brought forward, and how to bring another. */
  readonly front: string | null;
  readonly onPoint: (id: string | null) => void;
  readonly view: ChartView;
  /** Steps of the budget, if it is known. */
  readonly budget: number | null;
  /** Whether its lines are named above it. */
  readonly isPane?: boolean;
  /** In CSS pixels; `fill`: as high as there is room. */
  readonly height: number | 'fill';
  /** Level lines; the same array as long as they are the same. */
  readonly references: readonly Reference[];
  readonly space: ChartSpace;
  readonly order: ReadingOrder;
  /** The place of the reading that is kept, and how to keep another. */
  readonly pinned: number | null;
  readonly onPin: (place: number | null) => void;
}

const NARROW = 480;
const none: readonly Curve[] = [];
/** Milliseconds for which the axes must stand still before they are drawn again. */
const REST = 90;

/** Lines over the chosen axis, with names at their ends, a reading, zoom, and a text summary. */
export const CurveChart = memo(function CurveChart(props: ChartProps) {
  const { quantity, title, curves, context = none, front, view, space } = props;
  const { format, formatTick } = quantityRow(quantity);
  const formatEnd = useMemo(() => endFormat(quantity), [quantity]);
  const { width, height: measured, ref: measure } = useSize();
  const figure = useRef<HTMLElement>(null);
  const isSeen = useSeen(figure);
  const summaryId = useId();
  const zoomedX = useStore(space.zoom, (state) => state.x);
  const zoomedY = useStore(space.zoom, (state) => state.y[quantity] ?? null);
  const height = props.height === 'fill' ? measured : props.height;
  const { isPane = false } = props;
  const isNarrow = width < NARROW;

  const { layout, above, below } = useMemo(() => {
    const all = [...curves, ...context];
    const x = horizontalScale(all, view, props.budget, zoomedX);
    const vertical = verticalScale(all, quantity, view, x, { x: zoomedX, y: zoomedY }, props.references);
    const upright = { height, top: 10, bottom: 26, y: vertical.scale };
    const places: ChartLayout = {
      ...upright,
      width,
      left: valueRoom(upright, formatTick),
      right: isPane ? NAME + VALUE_ROOM - 8 : labelRoom(curves, isNarrow),
      x,
    };
    return { ...vertical, layout: places };
  }, [curves, context, view, props.budget, props.references, zoomedX, zoomedY, quantity, width, height, isNarrow, isPane, formatTick]); // prettier-ignore

  const emphasisOf = useMemo(() => emphasise(curves, front), [curves, front]);
  const frame = useSettled(layout, REST, isSameLayout);
  const { selection, handlers } = useChartInput({
    quantity,
    axis: view.x,
    curves,
    layout,
    onPin: props.onPin,
    pinned: props.pinned,
    onPoint: props.onPoint,
    ...space,
  });
  const setFigure = useCallback(
    (element: HTMLElement | null) => {
      figure.current = element;
      measure(element);
    },
    [measure],
  );
  const outside = words.outside(above, below);
  const isFrameTrue = frame !== null && isSameLayout(frame, layout);

  return (
    <figure
      className="chart"
      ref={setFigure}
      style={props.height === 'fill' ? undefined : { minHeight: props.height }}
      data-fill={props.height === 'fill'}
      data-chart={quantity}
    >
      {width > 0 && height > 0 && (
        <div
          className="chart-surface"
          role="group"
          tabIndex={0}
          aria-label={words.chart(title)}
          aria-describedby={summaryId}
          style={{ width, height }}
          {...handlers}
        >
          <div className="chart-frame" data-true={isFrameTrue} style={{ height }}>
            {frame && <PlotFrame layout={frame} axis={view.x} formatTick={formatTick} />}
          </div>
          <CurveCanvas
            curves={curves}
            context={context}
            layout={layout}
            emphasisOf={emphasisOf}
            isSeen={isSeen}
          />
          <ChartOverlay
            curves={curves}
            layout={layout}
            emphasisOf={emphasisOf}
            isPane={isPane}
            formatEnd={isNarrow && !isPane ? null : formatEnd}
            references={props.references}
          />
          <ChartPointer
            curves={curves}
            layout={layout}
            crosshair={space.crosshair}
            selection={selection}
            pinned={props.pinned}
          />
          {outside && <p className="chart-outside">{outside}</p>}
          <Reading
            quantity={quantity}
            axis={view.x}
            curves={curves}
            layout={layout}
            crosshair={space.crosshair}
            format={format}
            order={props.order}
          />
        </div>
      )}
      <figcaption id={summaryId} className="visually-hidden">
        {summarise(title, format, curves)} {keysHint}
      </figcaption>
    </figure>
  );
});

/** Room for the longest name, and for a value where there is space for one. */
function labelRoom(curves: readonly Curve[], isNarrow: boolean): number {
  const measure = measureIn(END_SIZE, 600);
  const longest = Math.max(60, ...curves.map(({ name }) => Math.ceil(measure(name))));
  return isNarrow ? Math.min(132, NAME + 4 + longest) : Math.min(250, NAME + 12 + VALUE_ROOM + longest);
}
