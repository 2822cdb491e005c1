import type { LaneStyle } from '../../store/laneStyles.ts';
import { markerOutlines } from '../Marker.tsx';
import type { Curve } from './curves.ts';
import { FAINT, xOf, yOf, type ChartLayout } from './layout.ts';
import { bandPixels, linePixels, markedPoints } from './linePixels.ts';

/** The colour behind a token of styles/tokens.css, such as "--ink". */
export type Palette = (token: string) => string;

const colorOf = ({ hue, tone }: LaneStyle, color: Palette) => color(`--${hue}-${tone}`);

/** Draws every line on a canvas whose unit is a CSS pixel. Each batch faint, the smoothed line over it, tests on top. */
export function drawCurves(
  context: CanvasRenderingContext2D,
  curves: readonly Curve[],
  layout: ChartLayout,
  color: Palette,
): void {
  const { left, right, top, bottom, width, height } = layout;
  context.clearRect(0, 0, width, height);
  context.save();
  context.beginPath();
  context.rect(left, top, width - left - right, height - top - bottom);
  context.clip();
  for (const curve of curves) {
    context.strokeStyle = context.fillStyle = colorOf(curve.style, color);
    context.globalAlpha = strength(curve, 0.16);
    fill(context, bandPixels(curve, layout));
    context.globalAlpha = strength(curve, 0.2);
    context.lineWidth = 1;
    // A zigzag of thousands of corners: a round join for each would cost more than the line.
    context.lineJoin = 'bevel';
    stroke(context, linePixels(curve, 'raw', layout));
  }
  context.lineJoin = 'round';
  for (const curve of curves) {
    context.strokeStyle = colorOf(curve.style, color);
    context.globalAlpha = strength(curve, 1);
    context.lineWidth = 1.6;
    context.setLineDash(curve.rawExtrema ? [5, 4] : []);
    stroke(context, linePixels(curve, 'smoothed', layout));
  }
  context.setLineDash([]);
  for (const curve of curves) drawTest(context, curve, layout, color);
  context.restore();
  // Markers lie over the plot's edge, and are not cut there.
  for (const curve of curves) drawMarkers(context, curve, layout, color);
  context.globalAlpha = 1;
}

const strength = (curve: Curve, alpha: number) => (curve.faint ? FAINT * alpha : alpha);

function stroke(context: CanvasRenderingContext2D, points: readonly (readonly [number, number])[]): void {
  context.beginPath();
  let isBroken = true;
  for (const [x, y] of points) {
    if (Number.isNaN(y)) isBroken = true;
    else if (isBroken) {
      context.moveTo(x, y);
      isBroken = false;
    } else context.lineTo(x, y);
  }
  context.stroke();
}

function fill(context: CanvasRenderingContext2D, edge: readonly (readonly [number, number])[]): void {
  if (edge.length === 0) return;
  context.beginPath();
  for (const [x, y] of edge) context.lineTo(x, y);
  context.fill();
}

function drawTest(
  context: CanvasRenderingContext2D,
  curve: Curve,
  layout: ChartLayout,
  color: Palette,
): void {
  context.strokeStyle = colorOf(curve.style, color);
  context.globalAlpha = strength(curve, 1);
  context.lineWidth = curve.faint ? 1.8 : 2.8;
  stroke(
    context,
    curve.test.map(({ x, y }) => [xOf(layout, x), Number.isFinite(y) ? yOf(layout, y) : NaN] as const),
  );
  context.lineWidth = 1.2;
  for (const { x, y, deviation } of curve.test) {
    if (deviation === null || !Number.isFinite(deviation)) continue;
    const pixel = xOf(layout, x);
    stroke(context, [[pixel, yOf(layout, y - deviation)], [pixel, yOf(layout, y + deviation)]]); // prettier-ignore
  }
}

const outlines = new Map<string, Path2D>();

function drawMarkers(
  context: CanvasRenderingContext2D,
  curve: Curve,
  layout: ChartLayout,
  color: Palette,
): void {
  const { marker } = curve.style;
  let outline = outlines.get(marker);
  if (!outline) outlines.set(marker, (outline = new Path2D(markerOutlines[marker])));
  context.globalAlpha = strength(curve, 1);
  context.fillStyle = colorOf(curve.style, color);
  context.strokeStyle = color('--paper');
  context.lineWidth = 1;
  const scale = curve.faint ? 0.7 : 1;
  for (const point of markedPoints(curve, layout)) {
    const [x, y] = [xOf(layout, point.x), yOf(layout, point.y)];
    const { left, right, top, bottom, width, height } = layout;
    if (x < left - 1 || x > width - right + 1 || y < top - 1 || y > height - bottom + 1) continue;
    context.save();
    context.translate(x, y);
    context.scale(scale, scale);
    context.fill(outline);
    context.stroke(outline);
    context.restore();
  }
}
