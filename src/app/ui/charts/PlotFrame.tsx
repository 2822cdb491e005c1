import { memo } from 'react';
import { CartesianGrid, LineChart, XAxis, YAxis } from 'recharts';
import type { XAxis as Axis } from '../../store/chartView.ts';
import { placeTick } from '../../messages/enCharts.ts';
import { placeTicksWithin, valueTicks, type FormatTick } from './axisTicks.ts';
import { EDGE, isSameLayout, type ChartLayout } from './layout.ts';
import { shareOf, type Scale } from './scales.ts';

interface Props {
  readonly layout: ChartLayout;
  readonly axis: Axis;
  readonly formatTick: FormatTick;
}

/** The texts of ticks, by their shares of the axis. */
const labelled = (scale: Scale, ticks: readonly number[], format: FormatTick) => {
  const most = Math.max(...ticks.map(Math.abs));
  return new Map(ticks.map((value) => [shareOf(scale, value), format(value, most)]));
};

/**
 * Grid and axes. Recharts takes tens of milliseconds for a drawing, however little has changed, so this is drawn again
 * only when an axis has come to rest. It draws shares of the axes, 0 to 1: what they mean is ours (scales.ts).
 */
export const PlotFrame = memo(
  function PlotFrame({ layout, axis, formatTick }: Props) {
    const { width, height, left, right, top, bottom, x, y } = layout;
    const tick = { fill: 'var(--soft)', fontSize: 12 };
    const across = labelled(x, placeTicksWithin(layout, axis), placeTick[axis]);
    const upwards = labelled(y, valueTicks(layout), formatTick);
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
          ticks={[...across.keys()]}
          tickFormatter={(share: number) => across.get(share) ?? ''}
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
          ticks={[...upwards.keys()]}
          tickFormatter={(share: number) => upwards.get(share) ?? ''}
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
