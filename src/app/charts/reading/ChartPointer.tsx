import { useStore } from 'zustand/react';
import type { StoreApi } from 'zustand/vanilla';
import { Marker } from '../../ui/Marker.tsx';
import type { Crosshair } from './crosshair.ts';
import { clampedY, isOn, xOf, type ChartLayout } from '../plot/layout.ts';
import { readCurves } from './reading.ts';
import type { Curve } from '../curves/curve.ts';

/** A rectangle that is being drawn, in pixels of the chart. */
export interface Selection {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
}

interface Props {
  readonly curves: readonly Curve[];
  readonly layout: ChartLayout;
  readonly crosshair: StoreApi<Crosshair>;
  readonly selection: StoreApi<{ readonly drawn: Selection | null }>;
  /** The place of the pinned reading. */
  readonly pinned: number | null;
}

/** What follows the pointer, and is drawn without anything else. */
export function ChartPointer({ selection, pinned, ...rest }: Props) {
  const { layout } = rest;
  const drawn = useStore(selection, (state) => state.drawn);
  const bottom = layout.height - layout.bottom;
  return (
    <svg
      className="chart-overlay chart-pointer"
      width={layout.width}
      height={layout.height}
      aria-hidden="true"
    >
      {pinned !== null && isOn(layout.x, pinned) && (
        <line
          className="chart-pin"
          x1={xOf(layout, pinned)}
          x2={xOf(layout, pinned)}
          y1={layout.top}
          y2={bottom}
        />
      )}
      {drawn ? <SelectionBox {...drawn} layout={layout} /> : <CrosshairLine {...rest} />}
    </svg>
  );
}

function CrosshairLine({ curves, layout, crosshair }: Omit<Props, 'selection' | 'pinned'>) {
  const place = useStore(crosshair, (state) => state.place);
  if (place === null || !isOn(layout.x, place)) return null;
  const x = xOf(layout, place);
  return (
    <>
      <line x1={x} x2={x} y1={layout.top} y2={layout.height - layout.bottom} stroke="var(--edge)" />
      {readCurves(curves, place).map(({ curve, smoothed }) =>
        smoothed !== null && Number.isFinite(smoothed) ? (
          <Marker key={curve.id} style={curve.style} x={x} y={clampedY(layout, smoothed)} size={0.8} />
        ) : null,
      )}
    </>
  );
}

/** Pixels that a rectangle must measure in a direction to mean it. */
export const MEANT = 14;

/** A rectangle that is flat means a stretch of one axis: it is drawn over the whole of the other. */
function SelectionBox({ from, to, layout }: Selection & { layout: ChartLayout }) {
  const { left, right, top, bottom, width, height } = layout;
  const isAcross = Math.abs(to[0] - from[0]) >= MEANT;
  const isUpwards = Math.abs(to[1] - from[1]) >= MEANT;
  const [x0, x1] = isAcross || !isUpwards ? [from[0], to[0]] : [left, width - right];
  const [y0, y1] = isUpwards ? [from[1], to[1]] : [top, height - bottom];
  return (
    <rect
      className="chart-selection"
      x={Math.min(x0, x1)}
      y={Math.min(y0, y1)}
      width={Math.abs(x1 - x0)}
      height={Math.abs(y1 - y0)}
    />
  );
}
