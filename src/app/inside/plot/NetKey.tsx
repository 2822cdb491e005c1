import { laneColor, laneTextColor, Marker } from '../../ui/Marker.tsx';
import type { LookedAt } from '../view.ts';

/** Pixels that a letter takes at most, about: a key needs no more precision. */
const LETTER = 7.5;
const MARK = 30;
const GAP = 18;

/** Pixels from one row of a key to the next. */
const ROW = 18;

interface Place {
  readonly at: number;
  readonly row: number;
}

/** Where each net's mark stands: in rows of this width. */
function placesOf(nets: readonly Pick<LookedAt, 'name'>[], width: number): readonly Place[] {
  let [at, row] = [0, 0];
  return nets.map(({ name }) => {
    const own = MARK + name.length * LETTER;
    if (at > 0 && at + own > width) [at, row] = [0, row + 1];
    const place = { at, row };
    at += own + GAP;
    return place;
  });
}

/** What a key takes more than its one row, where it has no room in it. */
export const netKeyMore = (nets: readonly Pick<LookedAt, 'name'>[], width: number): number =>
  ROW * (placesOf(nets, width).at(-1)?.row ?? 0);

/** The key of a picture, in it: each net's mark and name; with a width, in as many rows as it needs (netKeyMore). */
export function NetKey({
  nets,
  x,
  y,
  width = Infinity,
}: {
  readonly nets: readonly LookedAt[];
  readonly x: number;
  readonly y: number;
  readonly width?: number;
}) {
  const places = placesOf(nets, width);
  return (
    <g className="net-key">
      {nets.map(({ id, name, style }, i) => (
        <g key={id} transform={`translate(${x + (places[i]?.at ?? 0)} ${y + ROW * (places[i]?.row ?? 0)})`}>
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
