import { laneColor } from '../../ui/Marker.tsx';
import type { LaneStyle } from '../../state/laneStyle.ts';
import { sparkPath } from './spark.ts';

export interface SparkLine {
  readonly key: string;
  readonly style: LaneStyle;
  readonly values: readonly number[];
}

/** Lines on one scale, without axes: the text beside them has the numbers. `room` is kept free above and below, for the stroke. */
export function Spark({
  lines,
  width,
  height,
  className,
}: {
  lines: readonly SparkLine[];
  width: number;
  height: number;
  className: string;
}) {
  const all = lines.flatMap(({ values }) => values);
  const box = { width, height, lowest: Math.min(...all), highest: Math.max(...all) };
  return (
    <svg
      className={className}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {lines.map(({ key, style, values }) => (
        <path
          key={key}
          d={sparkPath(values, box)}
          fill="none"
          stroke={laneColor(style)}
          vectorEffect="non-scaling-stroke"
        />
      ))}
    </svg>
  );
}
