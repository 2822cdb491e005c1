import { memo, type ReactElement, type ReactNode } from 'react';
import { CartesianGrid, Line, LineChart, XAxis, YAxis } from 'recharts';
import { charts as words } from '../../messages/enCharts.ts';
import { integer } from '../../messages/format.ts';
import { laneColor, Marker } from '../Marker.tsx';
import type { Curve } from './curves.ts';
import { EDGE, FAINT, plotWidth, type ChartLayout } from './layout.ts';
import { niceTicks } from './scales.ts';

interface Props {
  readonly layout: ChartLayout;
  /** Only their test lines are drawn here. */
  readonly curves: readonly Pick<Curve, 'id' | 'style' | 'test' | 'faint'>[];
  readonly formatTick: (value: number) => string;
  /** What is drawn between the grid and the test lines; must be the same element at every drawing. */
  readonly children: ReactNode;
}

/**
 * Grid, axes and test lines. Recharts takes tens of milliseconds for a drawing, however little has changed, so this is
 * drawn again only when an axis changes or an evaluation arrives; what grows at every step is its child.
 */
export const PlotFrame = memo(function PlotFrame({ layout, curves, formatTick, children }: Props) {
  const { width, height, left, right, top, bottom, range, lastStep } = layout;
  const tick = { fill: 'var(--soft)', fontSize: 12 };
  return (
    <LineChart
      // Recharts draws no axis without data; and an axis that allows for data beyond it would cut markers at its end.
      data={[{ x: 0 }, { x: lastStep }]}
      width={width}
      height={height}
      margin={{ top, right, bottom: 0, left: 0 }}
      accessibilityLayer={false}
      aria-hidden
    >
      <CartesianGrid vertical={false} stroke="var(--rule)" />
      <XAxis
        type="number"
        dataKey="x"
        domain={[0, lastStep]}
        ticks={[...niceTicks(0, lastStep, Math.min(6, plotWidth(layout) / 52))]}
        tickFormatter={integer}
        tick={tick}
        tickLine={false}
        axisLine={false}
        interval={0}
        height={bottom}
        padding={{ left: 0, right: EDGE }}
      />
      <YAxis
        domain={[...range]}
        ticks={[...niceTicks(range[0], range[1], Math.min(6, (height - top - bottom) / 36))]}
        tickFormatter={formatTick}
        tick={tick}
        tickLine={false}
        axisLine={false}
        interval={0}
        width={left}
        allowDataOverflow
      />
      {children}
      {curves.map(({ id, test, style, faint }) => (
        <Line
          key={id}
          dataKey="y"
          data={test}
          stroke={laneColor(style)}
          strokeWidth={faint ? 1.8 : 2.8}
          strokeOpacity={faint ? FAINT : 1}
          strokeLinejoin="round"
          isAnimationActive={false}
          activeDot={false}
          tooltipType="none"
          dot={({ cx, cy, index }: Dot): ReactElement =>
            cx === undefined || cy === undefined ? (
              <g key={index} />
            ) : (
              <g key={index} opacity={faint ? FAINT : 1}>
                <Marker style={style} x={cx} y={cy} size={faint ? 0.7 : 1} />
              </g>
            )
          }
          name={words.test}
        />
      ))}
    </LineChart>
  );
}, isSameFrame);

interface Dot {
  readonly cx?: number;
  readonly cy?: number;
  readonly index?: number;
}

function isSameFrame(before: Props, now: Props): boolean {
  return (
    before.formatTick === now.formatTick &&
    before.children === now.children &&
    isSameLayout(before.layout, now.layout) &&
    before.curves.length === now.curves.length &&
    before.curves.every((curve, i) => {
      const other = now.curves[i]!;
      return curve.id === other.id && curve.test === other.test && curve.style === other.style;
    })
  );
}

function isSameLayout(a: ChartLayout, b: ChartLayout): boolean {
  const isSameRange = a.range[0] === b.range[0] && a.range[1] === b.range[1];
  const keys = ['width', 'height', 'left', 'right', 'top', 'bottom', 'lastStep'] as const;
  return isSameRange && keys.every((key) => a[key] === b[key]);
}
