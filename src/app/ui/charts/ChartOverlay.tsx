import { useStore } from 'zustand/react';
import type { StoreApi } from 'zustand/vanilla';
import { charts as words } from '../../messages/enCharts.ts';
import { laneColor, laneTextColor, Marker } from '../Marker.tsx';
import type { Crosshair } from './crosshair.ts';
import { readCurves, type Curve } from './curves.ts';
import { xOf, yOf, type ChartLayout } from './layout.ts';
import type { Reference } from './reference.ts';
import { separate } from './scales.ts';

interface Props {
  readonly curves: readonly Curve[];
  readonly layout: ChartLayout;
  readonly crosshair: StoreApi<Crosshair>;
  /** Writes the value behind a name; null where there is no room for it. */
  readonly formatEnd: ((value: number) => string) | null;
  readonly references: readonly Reference[];
}

/** Distance of two names, from line to line. */
const LINE = 17;

/** What lies over the lines and follows the pointer without drawing them again. */
export function ChartOverlay(props: Props) {
  const { width, height } = props.layout;
  return (
    <svg className="chart-overlay" width={width} height={height} aria-hidden="true">
      <References {...props} />
      <Divergences {...props} />
      <EndLabels {...props} />
      <CrosshairLine {...props} />
    </svg>
  );
}

function References({ references, layout }: Props) {
  const end = layout.width - layout.right + 6;
  return references.map(({ id, value, style }) => {
    if (!isWithin(layout, value)) return null;
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

/** A cross at the step whose loss was no number, at the height of the last value that was one. */
function Divergences({ curves, layout }: Props) {
  return curves.map((curve) => {
    if (curve.divergedAt === null || !curve.end) return null;
    const x = xOf(layout, curve.divergedAt);
    const y = clampY(layout, yOf(layout, curve.end.y));
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

/** Each line's name at the right, a thin thread from where the line ends; and the references' among them. */
function EndLabels({ curves, layout, formatEnd, references }: Props) {
  const at = (value: number) => clampY(layout, yOf(layout, value));
  const ends: readonly { readonly item: End; readonly wanted: number }[] = [
    ...curves.flatMap((curve) =>
      curve.end
        ? [{ item: { ...curve, value: curve.end.y, from: curve.end.x }, wanted: at(curve.end.y) }]
        : [],
    ),
    ...references.flatMap((reference) =>
      isWithin(layout, reference.value)
        ? [{ item: { ...reference, lane: undefined, from: layout.lastStep }, wanted: at(reference.value) }]
        : [],
    ),
  ];
  const placed = separate(ends, LINE, layout.top + 4, layout.height - layout.bottom - 4);
  const plotEnd = layout.width - layout.right;
  const fits = Math.floor((layout.right - 14 - (formatEnd ? 50 : 0)) / 6.6);
  return placed.map(({ item: { id, lane, name, style, value, from }, wanted, y }) => {
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
          className={lane === undefined ? undefined : 'end-name'}
          x={plotEnd + 14}
          y={y + 4}
          style={style ? { fill: laneTextColor(style) } : undefined}
        >
          {name.length > fits ? `${name.slice(0, fits - 1)}\u2026` : name}
        </text>
        {formatEnd && (
          <text x={layout.width - 2} y={y + 4} textAnchor="end">
            {formatEnd(value)}
          </text>
        )}
      </g>
    );
  });
}

/** What is named at the right: a lane, or a reference. */
interface End extends Reference {
  readonly lane: string | undefined;
  readonly from: number;
}

function CrosshairLine({ curves, layout, crosshair }: Props) {
  const step = useStore(crosshair, (state) => state.step);
  if (step === null || step > layout.lastStep) return null;
  const x = xOf(layout, step);
  return (
    <>
      <line x1={x} x2={x} y1={layout.top} y2={layout.height - layout.bottom} stroke="var(--edge)" />
      {readCurves(curves, step).map(({ curve, smoothed }) =>
        smoothed !== null && Number.isFinite(smoothed) ? (
          <Marker
            key={curve.id}
            style={curve.style}
            x={x}
            y={clampY(layout, yOf(layout, smoothed))}
            size={0.8}
          />
        ) : null,
      )}
    </>
  );
}

const isWithin = ({ range }: ChartLayout, value: number) => value >= range[0] && value <= range[1];

const clampY = (layout: ChartLayout, y: number) =>
  Math.max(layout.top, Math.min(layout.height - layout.bottom, y));
