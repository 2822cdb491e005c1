import type { LaneStyle } from '../../app/state/laneStyle.ts';
import { laneColor, markerOutlines } from '../../app/ui/Marker.tsx';

/** A net's mark: filled where it is right, hollow where it is wrong, so that colour alone says nothing. */
export function AnswerMark({
  style,
  isRight,
  x,
  y,
}: {
  readonly style: LaneStyle;
  readonly isRight: boolean;
  readonly x: number;
  readonly y: number;
}) {
  return (
    <path
      d={markerOutlines[style.marker]}
      transform={`translate(${x} ${y})`}
      fill={isRight ? laneColor(style) : 'none'}
      stroke={laneColor(style)}
      strokeWidth={1.6}
    />
  );
}
