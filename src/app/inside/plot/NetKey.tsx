import { createContext, use } from 'react';
import { laneColor, laneTextColor, Marker } from '../../ui/Marker.tsx';
import type { LookedAt } from '../view.ts';

/** Pixels that a letter takes at most, about: a key needs no more precision. */
const LETTER = 7.5;
const MARK = 30;
const GAP = 18;
/** Height of a row of the key. */
const KEY_ROW = 20;
/** Pixels that a key may take across: of a picture that has room above for more rows. */
export const KeyWidth = createContext(Infinity);

interface Place {
  readonly x: number;
  readonly row: number;
}

/** Where each net stands in a key of this width: in rows from the left; one that is wider than a row has it alone. */
export function keyPlaces(nets: readonly Pick<LookedAt, 'name'>[], width: number): readonly Place[] {
  const places: Place[] = [];
  let [x, row] = [0, 0];
  for (const { name } of nets) {
    const wide = MARK + name.length * LETTER;
    if (x > 0 && x + wide > width) [x, row] = [0, row + 1];
    places.push({ x, row });
    x += wide + GAP;
  }
  return places;
}

/** Pixels that a key of this width takes beyond its first row. */
export const netKeyMore = (nets: readonly Pick<LookedAt, 'name'>[], width: number): number =>
  KEY_ROW * (keyPlaces(nets, width).at(-1)?.row ?? 0);

/**
 * The key of a picture, in it: each net's mark and name. In a picture that was told its nets (`keyed`) it has as many rows as it needs, the
 * last of them at `y`: the room above is there. With a width of its own its first row is at `y`, and whoever draws it leaves room below
 * (netKeyMore).
 */
export function NetKey({
  nets,
  x,
  y,
  width,
}: {
  readonly nets: readonly LookedAt[];
  readonly x: number;
  readonly y: number;
  readonly width?: number;
}) {
  const room = use(KeyWidth) - x;
  const places = keyPlaces(nets, width ?? room);
  const last = width === undefined ? (places.at(-1)?.row ?? 0) : 0;
  return (
    <g className="net-key">
      {nets.map(({ id, name, style }, i) => {
        const { x: right, row } = places[i] ?? { x: 0, row: 0 };
        return (
          <g key={id} transform={`translate(${x + right} ${y + (row - last) * KEY_ROW})`}>
            <line x1={0} x2={24} y1={0} y2={0} stroke={laneColor(style)} strokeWidth={2.8} />
            <Marker style={style} x={12} y={0} />
            <text x={MARK} y={4} fill={laneTextColor(style)}>
              {name}
            </text>
          </g>
        );
      })}
    </g>
  );
}
