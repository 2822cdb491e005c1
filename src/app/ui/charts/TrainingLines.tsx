import { useId } from 'react';
import { useStore } from 'zustand/react';
import type { StoreApi } from 'zustand/vanilla';
import { laneColor } from '../Marker.tsx';
import type { Curve, Point } from './curves.ts';
import { FAINT, xOf, yOf, type ChartLayout } from './layout.ts';

/** What a chart shows now; the training lines follow it without the chart around them being drawn again. */
export interface Shown {
  readonly curves: readonly Curve[];
  readonly layout: ChartLayout | null;
}

/** The lines that grow: each batch faint, and the smoothed line dashed where there are test lines beside it. */
export function TrainingLines({ shown }: { shown: StoreApi<Shown> }) {
  const { curves, layout } = useStore(shown);
  const clip = useId();
  if (!layout) return null;
  const { left, right, top, bottom, width, height } = layout;
  return (
    <g fill="none" strokeLinejoin="round" clipPath={`url(#${clip})`}>
      <clipPath id={clip}>
        <rect x={left} y={top} width={width - left - right} height={height - top - bottom} />
      </clipPath>
      {curves.map(({ id, lines, style, faint }) => (
        <path
          key={id}
          className="line-raw"
          d={pathOf(lines.raw, layout)}
          stroke={laneColor(style)}
          strokeWidth="1"
          opacity={faint ? 0.2 * FAINT : 0.2}
        />
      ))}
      {curves.map(({ id, lane, lines, style, faint }) => (
        <path
          key={id}
          className="line-training"
          data-lane={lane}
          d={pathOf(lines.smoothed, layout)}
          stroke={laneColor(style)}
          strokeWidth="1.6"
          opacity={faint ? FAINT : 1}
          strokeDasharray={lines.raw.length > 0 ? '5 4' : undefined}
        />
      ))}
    </g>
  );
}

/** The points as a path; where a value is not finite the line is broken. */
export function pathOf(points: readonly Point[], layout: ChartLayout): string {
  let path = '';
  let isBroken = true;
  for (const { x, y } of points) {
    if (!Number.isFinite(y)) {
      isBroken = true;
      continue;
    }
    path += `${isBroken ? 'M' : 'L'}${xOf(layout, x).toFixed(1)} ${yOf(layout, y).toFixed(1)}`;
    isBroken = false;
  }
  return path;
}
