import type { LaneStyle, MarkerShape } from '../state/laneStyle.ts';

/** The sign of a lane: its marker's shape in its colour, alone or on a piece of its line. */

export const laneColor = ({ hue, tone }: LaneStyle) => `var(--${hue}-${tone})`;
/** The same, dark or light enough to be read as text. */
export const laneTextColor = ({ hue, tone }: LaneStyle) => `var(--${hue}-${tone}-text)`;

/** Outlines about the origin, all of about the same weight to the eye; radius about 5. */
export const markerOutlines: Readonly<Record<MarkerShape, string>> = {
  circle: 'M-4.4 0a4.4 4.4 0 1 0 8.8 0a4.4 4.4 0 1 0 -8.8 0z',
  square: 'M-4 -4h8v8h-8z',
  diamond: 'M0 -5.6L5.6 0L0 5.6L-5.6 0z',
  triangle: 'M0 -5.2L5.2 4L-5.2 4z',
  triangleDown: 'M0 5.2L5.2 -4L-5.2 -4z',
  pentagon: 'M0 -5.2L5 -1.6L3.1 4.3L-3.1 4.3L-5 -1.6z',
  star: 'M0 -6L1.6 -1.9L5.8 -1.9L2.4 0.9L3.6 5L0 2.6L-3.6 5L-2.4 0.9L-5.8 -1.9L-1.6 -1.9z',
  plus: 'M-1.7 -5h3.4v3.3h3.3v3.4h-3.3v3.3h-3.4v-3.3h-3.3v-3.4h3.3z',
};

/** The marker at a place of a drawing. A thin edge of paper keeps it apart from what it lies on. */
export function Marker({ style, x, y, size = 1 }: { style: LaneStyle; x: number; y: number; size?: number }) {
  return (
    <path
      d={markerOutlines[style.marker]}
      transform={`translate(${x} ${y}) scale(${size})`}
      fill={laneColor(style)}
      stroke="var(--paper)"
      strokeWidth={1}
    />
  );
}

/** The marker on its line, as in a legend. */
export function LaneMark({ style }: { style: LaneStyle }) {
  return (
    <svg className="lane-mark" width="26" height="14" viewBox="0 0 26 14" aria-hidden="true">
      <line x1="0" x2="26" y1="7" y2="7" stroke={laneColor(style)} strokeWidth="2.8" />
      <Marker style={style} x={13} y={7} />
    </svg>
  );
}
