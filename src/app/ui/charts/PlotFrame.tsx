import { memo } from 'react';
import { CartesianGrid, LineChart, XAxis, YAxis } from 'recharts';
import type { XAxis as Axis } from '../../store/chartView.ts';
import { placeTick } from '../../messages/enCharts.ts';
import { EDGE, isSameLayout, plotHeight, plotWidth, type ChartLayout } from './layout.ts';
import { placeTicks, shareOf, ticksOf, valueAt } from './scales.ts';

interface Props {
  readonly layout: ChartLayout;
  readonly axis: Axis;
  readonly formatTick: (value: number) => string;
}

/**
 * Grid and axes. Recharts takes tens of milliseconds for a drawing, however little has changed, so this is drawn again
 * only when an axis has come to rest. It draws shares of the axes, 0 to 1: what they mean is ours (scales.ts).
 */
export const PlotFrame = memo(
  function PlotFrame({ layout, axis, formatTick }: Props) {
    const { width, height, left, right, top, bottom, x, y } = layout;
    const tick = { fill: 'var(--soft)', fontSize: 12 };
    const across = placeTicks(x, axis, Math.min(6, plotWidth(layout) / 58));
    const upwards = ticksOf(y, Math.min(6, plotHeight(layout) / 36));
    return (
      <LineChart
        // Recharts draws no axis without data.
        data={[{ share: 0 }, { share: 1 }]}
        width={width}
        height={height}
        margin={{ top, right, bottom: 0, left: 0 }}
        accessibilityLayer={false}
        aria-hidden
      >
        <CartesianGrid vertical={false} stroke="var(--rule)" />
        <XAxis
          type="number"
          dataKey="share"
          domain={[0, 1]}
          ticks={across.map((value) => shareOf(x, value))}
          tickFormatter={(share: number) => placeTick[axis](valueAt(x, share))}
          tick={tick}
          tickLine={false}
          axisLine={false}
          interval={0}
          height={bottom}
          padding={{ left: 0, right: EDGE }}
        />
        <YAxis
          type="number"
          dataKey="share"
          domain={[0, 1]}
          ticks={upwards.map((value) => shareOf(y, value))}
          tickFormatter={(share: number) => formatTick(valueAt(y, share))}
          tick={tick}
          tickLine={false}
          axisLine={false}
          interval={0}
          width={left}
        />
      </LineChart>
    );
  },
  (before, now) =>
    before.axis === now.axis &&
    before.formatTick === now.formatTick &&
    isSameLayout(before.layout, now.layout),
);
