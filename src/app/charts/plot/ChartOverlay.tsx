import { charts as words, markText } from '../enCharts.ts';
import { laneColor, laneTextColor } from '../../ui/Marker.tsx';
import { TICK_SIZE } from './axisTicks.ts';
import { namedWithin } from './endLabels.ts';
import { clampedY, isOn, xOf, yOf, type ChartLayout } from './layout.ts';
import type { Reference } from '../references/reference.ts';
import { separate } from './separate.ts';
import type { FormatEnd } from '../endFormat.ts';
import { lastIndexUpTo } from '../curves/steps.ts';
import { shortName } from './shortName.ts';
import { fitted, measureIn } from './textWidth.ts';
import type { Curve, EndPoint } from '../curves/curve.ts';

interface Props {
  readonly curves: readonly Curve[];
  readonly layout: ChartLayout;
  /** Writes the value behind a name; null where there is no room for it. */
  readonly formatEnd: FormatEnd | null;
  readonly references: readonly Reference[];
}

/** Size of a name, in CSS pixels (charts.css), and the room for the value behind it with its word, about. */
export const END_SIZE = 12.5;
export const VALUE_ROOM = 96;
/** Distance of two names, from line to line. */
const LINE = 17;
/** Pixels between two marks that are named. */
const MARK_GAP = 74;

/** What is written over the lines: references, marks, divergences, names. */
export function ChartOverlay(props: Props) {
  const { width, height } = props.layout;
  return (
    <svg className="chart-overlay" width={width} height={height} aria-hidden="true">
      <References {...props} />
      <Marks {...props} />
      <Divergences {...props} />
      <EndLabels {...props} />
    </svg>
  );
}

function References({ references, layout }: Props) {
  const end = layout.width - layout.right + 6;
  return references.map(({ id, value, style }) => {
    if (!isOn(layout.y, value)) return null;
    const y = yOf(layout, value);
    return (
      <line
        key={id}
        x1={layout.left}
        x2={end}
        y1={y}
        y2={y}
        stroke={style ? laneColor(style) : 'var(--faint)'}
        strokeWidth="1.2"
        strokeDasharray="2 3"
      />
    );
  });
}

/** What happened to several lanes at once is marked once. */
export function placedMarks(curves: readonly Curve[], layout: ChartLayout) {
  const marks = new Map<string, { readonly x: number; readonly text: string }>();
  for (const mark of curves.flatMap((curve) => curve.marks)) {
    if (!isOn(layout.x, mark.x)) continue;
    const [x, text] = [Math.round(xOf(layout, mark.x)), markText(mark)];
    marks.set(`${Math.round(x / 3)} ${text}`, { x, text });
  }
  return [...marks.values()].sort((a, b) => a.x - b.x);
}

function Marks({ curves, layout }: Props) {
  let free = -Infinity;
  return placedMarks(curves, layout).map(({ x, text }) => {
    const isNamed = x >= free;
    if (isNamed) free = x + MARK_GAP;
    const isLate = x + MARK_GAP > layout.width - layout.right;
    return (
      <g key={`${x} ${text}`} className="chart-mark">
        <line x1={x} x2={x} y1={layout.top} y2={layout.height - layout.bottom} />
        {isNamed && (
          <text x={isLate ? x - 4 : x + 4} y={layout.top + 10} textAnchor={isLate ? 'end' : 'start'}>
            {text}
          </text>
        )}
      </g>
    );
  });
}

/** A cross at the step whose loss was no number, at the height of the last value that was one. */
function Divergences({ curves, layout }: Props) {
  return curves.map((curve) => {
    if (curve.divergedAt === null || !curve.end || !isOn(layout.x, curve.divergedAt)) return null;
    const x = xOf(layout, curve.divergedAt);
    const y = clampedY(layout, curve.end.y);
    return (
      <g key={curve.id} stroke={laneColor(curve.style)}>
        <path d={`M${x - 5} ${y - 5}l10 10m0 -10l-10 10`} strokeWidth="2.4" fill="none" />
        <text x={x + 9} y={y + 4} stroke="none">
          {words.diverged}
        </text>
      </g>
    );
  });
}

/** What is named at the right: a lane, or a reference. */
export interface NamedEnd extends Omit<Reference, 'stretches'> {
  /** Null for a reference. */
  readonly lane: string | null;
  readonly faint: boolean;
  /** Where its line ends. */
  readonly from: number;
}

/** The ends of lines and references that are in sight, and the heights at which their names would stand best. */
export function namedEnds(
  curves: readonly Curve[],
  references: readonly Reference[],
  layout: ChartLayout,
): readonly { readonly item: NamedEnd; readonly wanted: number }[] {
  const right = layout.x.to;
  return [
    ...curves.flatMap((curve) => {
      const { id, lane, name, style, faint } = curve;
      const end = endInSight(curve, right);
      return end && end.x >= layout.x.from
        ? [
            {
              item: {
                id,
                lane,
                name,
                style,
                faint,
                value: end.y,
                split: end.split,
                from: Math.min(end.x, right),
              },
              wanted: clampedY(layout, end.y),
            },
          ]
        : [];
    }),
    ...references.flatMap((reference) =>
      isOn(layout.y, reference.value)
        ? [
            {
              item: { ...reference, lane: null, faint: true, from: right },
              wanted: yOf(layout, reference.value),
            },
          ]
        : [],
    ),
  ];
}

/** Where a line ends that goes on beyond what is in sight: there it is named, with the value that it has there. */
function endInSight({ end, test, x, smoothed }: Curve, right: number): EndPoint | null {
  if (!end || end.x <= right) return end;
  const tested = test.findLast((point) => point.x <= right);
  if (tested) return { x: tested.x, y: tested.y, split: 'test' };
  const last = lastIndexUpTo(x, right);
  return last < 0 ? null : { x: x[last]!, y: smoothed[last]!, split: 'training' };
}

/** Each line's name at the right, a thin thread from where the line ends; and the references' among them. */
function EndLabels({ curves, layout, formatEnd, references }: Props) {
  const [top, bottom] = [layout.top + 4, layout.height - layout.bottom - 4];
  const ends = namedEnds(curves, references, layout);
  const { named, more } = namedWithin(ends, 1 + Math.floor((bottom - top) / LINE));
  const placed = separate(named, LINE, top, more > 0 ? bottom - LINE : bottom);
  const plotEnd = layout.width - layout.right;
  const measure = measureIn(END_SIZE, 600);
  const texts = placed.map(({ item }) => (formatEnd ? formatEnd(item.value, item.split) : ''));
  const values = measureIn(TICK_SIZE);
  const room = layout.right - 16 - (formatEnd ? 8 + Math.max(...texts.map(values)) : 0);
  const labels = placed.map(({ item: { id, lane, name, style, faint, from }, wanted, y }, i) => {
    const start = xOf(layout, from) + 8;
    return (
      <g key={id} data-end-label={lane}>
        <path
          d={`M${start} ${wanted}L${Math.max(plotEnd - 4, start)} ${wanted}L${plotEnd + 10} ${y}`}
          stroke={style ? laneColor(style) : 'var(--faint)'}
          strokeWidth="1"
          opacity=".35"
          fill="none"
        />
        <text
          className={lane === null ? undefined : 'end-name'}
          data-faint={faint}
          x={plotEnd + 14}
          y={y + 4}
          style={style ? { fill: laneTextColor(style) } : undefined}
        >
          {shortName(name, (short) => fitted(short, room, measure))}
        </text>
        {formatEnd && (
          <text x={layout.width - 2} y={y + 4} textAnchor="end">
            {texts[i]}
          </text>
        )}
      </g>
    );
  });
  if (more === 0) return labels;
  return (
    <>
      {labels}
      <text className="end-more" x={plotEnd + 14} y={bottom + 4}>
        {words.more(more)}
      </text>
    </>
  );
}
