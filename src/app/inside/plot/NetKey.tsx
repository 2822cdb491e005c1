import { laneColor, laneTextColor, Marker } from '../../ui/Marker.tsx';
import type { LookedAt } from '../view.ts';

/** Pixels that a letter takes at most, about: a key needs no more precision. */
const LETTER = 7.5;
const MARK = 30;
const GAP = 18;

/** The key of a picture, in it: each net's mark and name. Returns nothing where one net is drawn alone. */
export function NetKey({
  nets,
  x,
  y,
}: {
  readonly nets: readonly LookedAt[];
  readonly x: number;
  readonly y: number;
}) {
  const starts = nets.map((_, i) =>
    nets.slice(0, i).reduce((at, { name }) => at + MARK + name.length * LETTER + GAP, x),
  );
  return (
    <g className="net-key">
      {nets.map(({ id, name, style }, i) => (
        <g key={id} transform={`translate(${starts[i] ?? x} ${y})`}>
          <line x1={0} x2={24} y1={0} y2={0} stroke={laneColor(style)} strokeWidth={2.8} />
          <Marker style={style} x={12} y={0} />
          <text x={MARK} y={4} fill={laneTextColor(style)}>
            {name}
          </text>
        </g>
      ))}
    </g>
  );
}
