import { memo } from 'react';
import { Surface, Text } from 'recharts';
import type { XAxis as Axis } from '../../state/chartView.ts';
import { axisNames, placeTick } from '../enCharts.ts';
import { placeTicksWithin, TICK_SIZE, valueTicks } from './axisTicks.ts';
import type { FormatTick } from '../valueFormats.ts';
import { measureIn } from './textWidth.ts';
import { isSameLayout, xOf, yOf, type ChartLayout } from './layout.ts';

interface Props {
  readonly layout: ChartLayout;
  readonly axis: Axis;
  readonly formatTick: FormatTick;
}

/** Pixels between the plot and the texts beside it. */
const GAP = 8;

/** Behind the last place that is named, so that it is read with them; within the chart. */
function axisNameAt(layout: ChartLayout, axis: Axis): number {
  const measure = measureIn(TICK_SIZE);
  const last = placeTicksWithin(layout, axis).at(-1);
  const end = last === undefined ? 0 : xOf(layout, last) + measure(placeTick[axis](last)) / 2 + GAP;
  const room = layout.width - measure(axisNames[axis]) - 2;
  return Math.min(room, Math.max(layout.width - layout.right, end));
}

/**
 * Grid and axes, drawn again only when an axis has come to rest. Where everything lies is ours (layout.ts), so the parts of
 * Recharts that its own axes are made of are enough: those axes bring its store and its ticks, 50 kB gz, along.
 */
export const PlotFrame = memo(
  function PlotFrame({ layout, axis, formatTick }: Props) {
    const { width, height, left, right, top, bottom } = layout;
    const edge = height - bottom;
    const values = valueTicks(layout);
    const most = Math.max(...values.map(Math.abs));
    const text = { fill: 'var(--soft)', fontSize: TICK_SIZE };
    return (
      <Surface width={width} height={height} aria-hidden>
        <g stroke="var(--rule)">
          {[...new Set([...values.map((value) => yOf(layout, value)), edge, top])].map((y) => (
            <line key={y} x1={left} x2={width - right} y1={y} y2={y} />
          ))}
        </g>
        <g data-ticks="x">
          {placeTicksWithin(layout, axis).map((place) => (
            <Text
              key={place}
              x={xOf(layout, place)}
              y={edge + GAP}
              textAnchor="middle"
              verticalAnchor="start"
              {...text}
            >
              {placeTick[axis](place)}
            </Text>
          ))}
        </g>
        <text className="chart-axis" x={axisNameAt(layout, axis)} y={edge + GAP + 9} {...text}>
          {axisNames[axis]}
        </text>
        <g data-ticks="y">
          {values.map((value) => (
            <Text
              key={value}
              x={left - GAP}
              y={yOf(layout, value)}
              textAnchor="end"
              verticalAnchor="middle"
              {...text}
            >
              {formatTick(value, most)}
            </Text>
          ))}
        </g>
      </Surface>
    );
  },
  (before, now) =>
    before.axis === now.axis &&
    before.formatTick === now.formatTick &&
    isSameLayout(before.layout, now.layout),
);
