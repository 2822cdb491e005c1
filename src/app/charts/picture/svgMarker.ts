import type { Palette } from '../plot/drawCurves.ts';
import { markerOutlines } from '../../ui/Marker.tsx';
import { round } from './svgText.ts';
import type { LaneStyle } from '../../state/laneStyle.ts';

/** The colour of a lane's line. */
export const strokeOf = ({ hue, tone }: LaneStyle, color: Palette): string => color(`--${hue}-${tone}`);

const outlined = (style: LaneStyle, x: number, y: number, scale: number, paint: string) =>
  `<path d="${markerOutlines[style.marker]}" transform="translate(${round(x)} ${round(y)}) scale(${scale})" ${paint}/>`;

/** A lane's marker at a place of the picture. */
export const marker = (style: LaneStyle, x: number, y: number, color: Palette): string =>
  outlined(style, x, y, 1.8, `fill="${strokeOf(style, color)}" stroke="${color('--paper')}"`);

/** The one along a line, where nothing was tested. */
export const hollowMarker = (style: LaneStyle, x: number, y: number, color: Palette): string =>
  outlined(
    style,
    x,
    y,
    1.3,
    `fill="${color('--paper')}" stroke="${strokeOf(style, color)}" stroke-width="1.8"`,
  );
