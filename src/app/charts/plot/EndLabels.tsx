import { charts as words } from '../enCharts.ts';
import { laneTextColor, Marker } from '../../ui/Marker.tsx';
import { TICK_SIZE } from './axisTicks.ts';
import { endColumn, namedEnds, namedWithin } from './endLabels.ts';
import { xOf } from './layout.ts';
import type { OverlayProps } from './overlayProps.ts';
import { shortName } from './shortName.ts';
import { separate } from './separate.ts';
import { fittedName, measureIn } from './textWidth.ts';

/** Size of a name, in CSS pixels (charts.css), and the room for the value behind it, about. */
export const END_SIZE = 12.5;
export const VALUE_ROOM = 90;
/** From the column to the marker, and to the name behind it. */
const MARKER = 15;
export const NAME = 24;
/** Distance of two names, from line to line. */
const LINE = 17;
/** A name that was moved farther from its line's end has a tick to it, where the end is near. */
const MOVED = 5;
const NEAR = 26;

/** The names that have room, where they stand, and how far they reach to the right. */
export function placeEnds({ curves, layout, formatEnd, isPane }: OverlayProps) {
  const [top, bottom] = [layout.top + 4, layout.height - layout.bottom - 4];
  const ends = namedEnds(curves, layout);
  const { named, more } = namedWithin(ends, 1 + Math.floor((bottom - top) / LINE));
  const placed = separate(named, LINE, top, more > 0 ? bottom - LINE : bottom);
  const column = endColumn(curves, layout);
  const measure = measureIn(END_SIZE, 600);
  const values = placed.map(({ item }) => (formatEnd ? formatEnd(item.value, item.split) : ''));
  const valueWidth = formatEnd ? Math.max(0, ...values.map(measureIn(TICK_SIZE))) : 0;
  const room = layout.right - NAME - 2 - (formatEnd ? 10 + valueWidth : 0);
  const names = placed.map(({ item }) =>
    isPane ? '' : shortName(item.name, (short) => fittedName(short, room, measure)),
  );
  const nameEnd = column + NAME + Math.max(0, ...names.map(measure));
  const right = formatEnd ? nameEnd + (isPane ? 0 : 10) + valueWidth : nameEnd;
  return { placed, names, values, column, right, more, bottom };
}

/**
 * Each line's name behind all lines, with its marker and its last value. No line leads there from where it ends, which would look
 * like data: the marker and the colour do.
 */
export function EndLabels(props: OverlayProps) {
  const { layout, formatEnd, emphasisOf, isPane } = props;
  const { placed, names, values, column, right, more, bottom } = placeEnds(props);
  return (
    <>
      {placed.map(({ item, wanted, y }, i) => {
        const { id, lane, style, faint, from } = item;
        const end = xOf(layout, from);
        const isMoved = Math.abs(y - wanted) > MOVED && column - end < NEAR;
        return (
          <g
            key={id}
            className="end-label"
            data-end-label={lane}
            data-curve={id}
            opacity={emphasisOf(item) === 'quiet' ? 0.6 : undefined}
          >
            {isMoved && (
              <path
                className="end-tick"
                d={`M${Math.max(end + 6, column + 2)} ${wanted}L${column + MARKER - 6} ${y}`}
              />
            )}
            {/* No line of a reference or of the grid goes through what is read. */}
            <rect
              x={column + MARKER - 8}
              y={y - LINE / 2}
              width={Math.max(0, right - column - MARKER + 12)}
              height={LINE}
              fill="var(--paper)"
            />
            <Marker style={style} x={column + MARKER} y={y} size={faint ? 0.65 : 0.8} />
            {!isPane && (
              <text
                className="end-name"
                data-faint={faint}
                x={column + NAME}
                y={y + 4}
                style={{ fill: laneTextColor(style) }}
              >
                {names[i]}
              </text>
            )}
            {formatEnd && (
              <text x={right} y={y + 4} textAnchor="end">
                {values[i]}
              </text>
            )}
          </g>
        );
      })}
      {more > 0 && (
        <text className="end-more" x={column + NAME} y={bottom + 4}>
          {words.more(more)}
        </text>
      )}
    </>
  );
}
