import { useMemo } from 'react';
import { LaneMark } from '../ui/Marker.tsx';
import type { Curve } from './curves/curve.ts';
import { panesOf } from './panes.ts';
import { CurveChart, type ChartProps } from './plot/CurveChart.tsx';
import type { CurveSource } from './sources/curveSources.ts';

interface Props extends Omit<ChartProps, 'height' | 'context'> {
  readonly sources: readonly CurveSource[];
}

interface Pane {
  readonly own: readonly Curve[];
  readonly others: readonly Curve[];
}

/** A small chart for each lane of the present experiment, or pair of them: all on the same axes, the others grey behind each. */
export function SideBySide({ sources, curves, ...chart }: Props) {
  const panes = useMemo(
    () =>
      panesOf(sources).map((pane): Pane => {
        const isOwn = ({ id }: Curve) => pane.some((source) => source.id === id);
        return { own: curves.filter(isOwn), others: curves.filter((curve) => !isOwn(curve)) };
      }),
    [sources, curves],
  );
  return (
    <div className="chart-panes">
      {panes.map(({ own, others }) => {
        const names = own.map(({ name }) => name).join(', ');
        return (
          <div key={own.map(({ id }) => id).join(' ')} className="chart-pane">
            <h4>
              {own.map(({ id, name, style }) => (
                <span key={id}>
                  <LaneMark style={style} />
                  {name}
                </span>
              ))}
            </h4>
            <CurveChart
              {...chart}
              title={`${chart.title}, ${names}`}
              curves={own}
              context={others}
              isPane
              height="fill"
            />
          </div>
        );
      })}
    </div>
  );
}
