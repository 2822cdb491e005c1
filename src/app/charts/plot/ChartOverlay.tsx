import { charts as words, markText } from '../enCharts.ts';
import { laneColor } from '../../ui/Marker.tsx';
import { TICK_SIZE } from './axisTicks.ts';
import { EndLabels, placeEnds } from './EndLabels.tsx';
import { clampedY, isOn, xOf, type ChartLayout } from './layout.ts';
import type { OverlayProps } from './overlayProps.ts';
import { placeReferences } from './referenceLabels.ts';
import type { Reference } from '../references/reference.ts';
import { measureIn } from './textWidth.ts';
import type { Curve } from '../curves/curve.ts';

/** Pixels between two marks that are named. */
const MARK_GAP = 74;
/** Half of the cross where a line diverged. */
const CROSS = 5;

/** What is written over the lines: references, marks, divergences, names. */
export function ChartOverlay(props: OverlayProps) {
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

function References(props: OverlayProps) {
  const { curves, references, layout, formatEnd, isPane } = props;
  const end = layout.width - layout.right;
  const text = ({ name, value, split }: Reference) =>
    formatEnd ? `${name}, ${formatEnd(value, split)}` : name;
  const names = placeEnds(props);
  const placed = placeReferences(references, layout, {
    written: [
      ...names.placed.map(({ y }) => ({ from: names.column, to: names.right, y })),
      ...placedDivergences(curves, layout).map(({ x, y }) => ({ from: x - CROSS, to: x + divergedTo(), y })),
    ],
    size: TICK_SIZE,
    widest: Math.max(0, ...references.map((reference) => measureIn(TICK_SIZE)(text(reference)))),
  });
  return placed.map(({ reference, line, x, y, anchor }) => {
    const { id, style } = reference;
    return (
      <g key={id} className="chart-reference">
        <line
          x1={layout.left}
          x2={end}
          y1={line}
          y2={line}
          stroke={style ? laneColor(style) : 'var(--faint)'}
          strokeWidth="1.2"
          strokeDasharray="2 3"
        />
        {!isPane && (
          <text x={x} y={y} textAnchor={anchor}>
            {text(reference)}
          </text>
        )}
      </g>
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

function Marks({ curves, layout }: OverlayProps) {
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

/** Where lines diverged: at the step whose loss was no number, at the height of the last value that was one. */
function placedDivergences(curves: readonly Curve[], layout: ChartLayout) {
  return curves.flatMap((curve) => {
    if (curve.divergedAt === null || !curve.end || !isOn(layout.x, curve.divergedAt)) return [];
    return [{ curve, x: xOf(layout, curve.divergedAt), y: clampedY(layout, curve.end.y) }];
  });
}

const divergedTo = () => CROSS + 4 + measureIn(TICK_SIZE)(words.diverged);

function Divergences({ curves, layout }: OverlayProps) {
  return placedDivergences(curves, layout).map(({ curve: { id, style }, x, y }) => (
    <g key={id} className="chart-divergence" stroke={laneColor(style)}>
      <path d={`M${x - CROSS} ${y - CROSS}l10 10m0 -10l-10 10`} strokeWidth="2.4" fill="none" />
      <text x={x + CROSS + 4} y={y + 4} stroke="none">
        {words.diverged}
      </text>
    </g>
  ));
}
