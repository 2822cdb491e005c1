import { memo, useCallback, useId, useMemo, useRef } from 'react';
import { useStore } from 'zustand/react';
import { charts as words, keysHint } from '../enCharts.ts';
import type { ChartView } from '../../state/chartView.ts';
import { valueRoom } from './axisTicks.ts';
import { summarise } from './chartSummary.ts';
import { ChartOverlay, END_SIZE, VALUE_ROOM } from './ChartOverlay.tsx';
import { ChartPointer } from '../reading/ChartPointer.tsx';
import type { ChartSpace } from '../reading/chartSpace.ts';
import { CurveCanvas, UNSEEN } from './CurveCanvas.tsx';
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
  readonly view: ChartView;
  /** Steps of the budget, if it is known. */
  readonly budget: number | null;
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
/** Milliseconds for which the axes must stand still before they are drawn again. */
const REST = 90;

/** Lines over the chosen axis, with names at their ends, a reading, zoom, and a text summary. */
export const CurveChart = memo(function CurveChart(props: ChartProps) {
  const { quantity, title, curves, view, space } = props;
  const { format, formatTick } = quantityRow(quantity);
  const formatEnd = useMemo(() => endFormat(quantity), [quantity]);
  const { width, height: measured, ref: measure } = useSize();
  const figure = useRef<HTMLElement>(null);
  const isSeen = useSeen(figure);
  const summaryId = useId();
  const zoomedX = useStore(space.zoom, (state) => state.x);
  const zoomedY = useStore(space.zoom, (state) => state.y[quantity] ?? null);
  const height = props.height === 'fill' ? measured : props.height;
  const isNarrow = width < NARROW;

  const { layout, above, below } = useMemo(() => {
    const x = horizontalScale(curves, view, props.budget, zoomedX);
    const vertical = verticalScale(curves, quantity, view, x, { x: zoomedX, y: zoomedY }, props.references);
    const upright = { height, top: 10, bottom: 26, y: vertical.scale };
    const places: ChartLayout = {
      ...upright,
      width,
      left: valueRoom(upright, formatTick),
      right: labelRoom(curves, props.references, isNarrow),
      x,
    };
    return { ...vertical, layout: places };
  }, [curves, view, props.budget, props.references, zoomedX, zoomedY, quantity, width, height, isNarrow, formatTick]); // prettier-ignore

  const frame = useSettled(layout, isSeen ? REST : UNSEEN, isSameLayout);
  const { selection, handlers } = useChartInput({
    quantity,
    axis: view.x,
    curves,
    layout,
    onPin: props.onPin,
    pinned: props.pinned,
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
      data-chart={quantity}
    >
      {width > 0 && height > 0 && (
        <div
          className="chart-surface"
          role="group"
          tabIndex={0}
          aria-label={words.chart(title)}
          aria-describedby={summaryId}
          {...handlers}
        >
          <div className="chart-frame" data-true={isFrameTrue} style={{ height }}>
            {frame && <PlotFrame layout={frame} axis={view.x} formatTick={formatTick} />}
          </div>
          <CurveCanvas curves={curves} layout={layout} isSeen={isSeen} />
          <ChartOverlay
            curves={curves}
            layout={layout}
            formatEnd={isNarrow ? null : formatEnd}
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
function labelRoom(curves: readonly Curve[], references: readonly Reference[], isNarrow: boolean): number {
  const measure = measureIn(END_SIZE, 600);
  const longest = Math.max(68, ...[...curves, ...references].map(({ name }) => Math.ceil(measure(name))));
  return isNarrow ? Math.min(128, 22 + longest) : Math.min(270, 22 + VALUE_ROOM + longest);
}
