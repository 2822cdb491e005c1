import {
  memo,
  useId,
  useLayoutEffect,
  useMemo,
  useState,
  type KeyboardEvent,
  type PointerEvent,
} from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { charts as words, summarise } from '../../messages/enCharts.ts';
import { noCrosshair, type Crosshair } from './crosshair.ts';
import { ChartOverlay } from './ChartOverlay.tsx';
import { lastStepOf, verticalRange, type Curve, type Quantity } from './curves.ts';
import { stepAt, type ChartLayout } from './layout.ts';
import { PlotFrame } from './PlotFrame.tsx';
import { Reading } from './Reading.tsx';
import type { Reference } from './reference.ts';
import { lastShownStep } from './scales.ts';
import { TrainingLines, type Shown } from './TrainingLines.tsx';
import { useWidth } from './useWidth.ts';

export interface ChartProps {
  readonly quantity: Quantity;
  readonly title: string;
  readonly curves: readonly Curve[];
  /** Steps of the budget, if it is known. */
  readonly budget: number | null;
  readonly height: number;
  /** Writes a value with its unit. */
  readonly format: (value: number) => string;
  /** Writes a value beside the axis. */
  readonly formatTick: (value: number) => string;
  /** Level lines; the same array as long as they are the same. */
  readonly references: readonly Reference[];
  readonly crosshair: StoreApi<Crosshair>;
}

const AXIS = 46;
const NARROW = 480;
/** Width of a character of a name, about. */
const CHARACTER = 7;

/** Lines over steps, with names at their ends, a reading under the pointer or the arrow keys, and a text summary. */
export const CurveChart = memo(function CurveChart(props: ChartProps) {
  const { quantity, title, curves, height, crosshair, format } = props;
  const { width, ref } = useWidth();
  const summaryId = useId();
  const isNarrow = width < NARROW;
  const layout: ChartLayout = {
    width,
    height,
    left: AXIS,
    right: labelRoom(curves, isNarrow),
    top: 10,
    bottom: 26,
    range: verticalRange(curves, quantity),
    lastStep: lastShownStep(Math.max(0, ...curves.map(lastStepOf)), props.budget),
  };

  const [shown] = useState(() => createStore<Shown>()(() => ({ curves: [], layout: null })));
  useLayoutEffect(() => shown.setState({ curves, layout }));
  const lines = useMemo(() => <TrainingLines shown={shown} />, [shown]);

  const show = (step: number) => {
    const last = Math.max(0, ...curves.map(lastStepOf));
    if (last > 0) crosshair.setState({ step: Math.max(1, Math.min(last, step)), chart: quantity });
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    show(stepAt(layout, event.clientX - event.currentTarget.getBoundingClientRect().left));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') crosshair.setState(noCrosshair);
    const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    const stride = Math.max(1, Math.round(layout.lastStep / 300)) * (event.shiftKey ? 10 : 1);
    show((crosshair.getState().step ?? Math.max(0, ...curves.map(lastStepOf))) + direction * stride);
  };

  return (
    <figure className="chart" ref={ref} style={{ minHeight: height }} data-chart={quantity}>
      {width > 0 && (
        <div
          className="chart-surface"
          role="group"
          tabIndex={0}
          aria-label={words.chart(title)}
          aria-describedby={summaryId}
          onPointerMove={onPointerMove}
          onPointerLeave={() => crosshair.setState(noCrosshair)}
          onBlur={() => crosshair.setState(noCrosshair)}
          onKeyDown={onKeyDown}
        >
          <PlotFrame curves={curves} layout={layout} formatTick={props.formatTick}>
            {lines}
          </PlotFrame>
          <ChartOverlay
            curves={curves}
            layout={layout}
            crosshair={crosshair}
            formatEnd={isNarrow ? null : format}
            references={props.references}
          />
          <Reading
            quantity={quantity}
            curves={curves}
            layout={layout}
            crosshair={crosshair}
            format={format}
          />
        </div>
      )}
      <figcaption id={summaryId} className="visually-hidden">
        {summarise(title, format, curves.filter((curve) => curve.values.length > 0).map(lastValues))}
      </figcaption>
    </figure>
  );
});

function lastValues(curve: Curve) {
  const test = curve.test.at(-1);
  return {
    name: curve.name,
    step: curve.steps[curve.steps.length - 1] ?? 0,
    training: curve.smoothed.at(-1) ?? null,
    test: test ? test.y : null,
  };
}

/** Room for the longest name, and for a value where there is space for one. */
function labelRoom(curves: readonly Curve[], isNarrow: boolean): number {
  const longest = Math.max(9, ...curves.map((curve) => curve.name.length));
  return isNarrow ? Math.min(104, 20 + CHARACTER * longest) : Math.min(240, 74 + CHARACTER * longest);
}
