import { dashes } from '../../runs/looks/laneStyles.ts';
import { FAINT, xOf, yOf, type ChartLayout } from './layout.ts';
import { outlineOf, stampHollow } from './markerSprites.ts';
import {
  drawnTests,
  isDense,
  markedPoints,
  needsMarkers,
  placesAlong,
  traceBand,
  traceEnvelope,
  traceLine,
  traceTest,
} from './traceLines.ts';
import type { LaneStyle } from '../../state/laneStyle.ts';
import type { Curve } from '../curves/curve.ts';

/** The colour behind a token of ui/styles/tokens.css, such as "--ink". */
export type Palette = (token: string) => string;

const colorOf = ({ hue, tone }: LaneStyle, color: Palette) => color(`--${hue}-${tone}`);

/** Draws every line on a canvas whose unit is a CSS pixel. Each batch faint, the smoothed line over it, tests on top. */
export function drawCurves(
  context: CanvasRenderingContext2D,
  curves: readonly Curve[],
  layout: ChartLayout,
  color: Palette,
  /** Whether markers tell every line from the others, because its colour does not. */
  tellsApart = false,
): void {
  const { left, right, top, bottom, width, height } = layout;
  context.clearRect(0, 0, width, height);
  context.save();
  context.beginPath();
  context.rect(left, top, width - left - right, height - top - bottom);
  context.clip();
  // Thousands of corners of thin lines: round ones would cost more than the lines.
  context.lineJoin = 'bevel';
  for (const curve of curves) {
    context.strokeStyle = context.fillStyle = colorOf(curve.style, color);
    context.globalAlpha = strength(curve, 0.16);
    context.beginPath();
    traceBand(curve, layout, context);
    context.fill();
    // Behind the present experiment single batches would be noise.
    if (!curve.faint) drawBatches(context, curve, layout);
  }
  for (const curve of curves) {
    context.strokeStyle = colorOf(curve.style, color);
    context.globalAlpha = strength(curve, 1);
    context.lineWidth = 1.6;
    // A rhythm of its own only where colours do not tell lanes apart: the legend shows one kind of dashes.
    const rhythm = tellsApart ? [...dashes[curve.style.marker]] : [5, 4];
    context.setLineDash(curve.rawExtrema ? rhythm : []);
    strokeLine(context, curve, 'smoothed', layout, DOT);
  }
  context.setLineDash([]);
  for (const curve of curves) drawTest(context, curve, layout, color);
  context.restore();
  // Markers lie over the plot's edge, and are not cut there.
  for (const [i, curve] of curves.entries()) {
    drawMarkers(context, curve, layout, color);
    if (tellsApart || needsMarkers(curve, curves)) {
      const along = placesAlong(curve, layout, i / curves.length);
      drawAlong(context, curve, along, color);
    }
  }
  context.globalAlpha = 1;
}

const strength = (curve: Curve, alpha: number) => (curve.faint ? FAINT * alpha : alpha);

function drawBatches(context: CanvasRenderingContext2D, curve: Curve, layout: ChartLayout): void {
  context.beginPath();
  if (isDense(curve, layout)) {
    context.globalAlpha = strength(curve, 0.09);
    traceEnvelope(curve, layout, context);
    context.fill();
    return;
  }
  context.globalAlpha = strength(curve, 0.2);
  context.lineWidth = 1;
  strokeLine(context, curve, 'raw', layout, DOT / 2);
}

/** Radius of a value that stands alone, in CSS pixels. */
const DOT = 2.6;

function strokeLine(
  context: CanvasRenderingContext2D,
  curve: Curve,
  line: 'raw' | 'smoothed',
  layout: ChartLayout,
  radius: number,
): void {
  const dots = new Path2D();
  context.beginPath();
  traceLine(curve, line, layout, context, (x, y) => {
    dots.moveTo(x + radius, y);
    dots.arc(x, y, radius, 0, 2 * Math.PI);
  });
  context.stroke();
  context.fillStyle = context.strokeStyle;
  context.fill(dots);
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
  context.beginPath();
  traceTest(curve, layout, (value) => yOf(layout, value), context);
  context.stroke();
  context.lineWidth = 1.2;
  context.beginPath();
  for (const { x, y, std } of drawnTests(curve, layout)) {
    if (std === null || !Number.isFinite(std)) continue;
    context.moveTo(xOf(layout, x), yOf(layout, y - std));
    context.lineTo(xOf(layout, x), yOf(layout, y + std));
  }
  context.stroke();
}

/** Smaller than those of tests, and hollow: they say whose the line is, and not that something was measured there. */
function drawAlong(
  context: CanvasRenderingContext2D,
  curve: Curve,
  places: ReturnType<typeof placesAlong>,
  color: Palette,
): void {
  context.globalAlpha = strength(curve, 1);
  const { a: ratio } = context.getTransform();
  stampHollow(context, curve.style, places, ratio, [colorOf(curve.style, color), color('--paper')]);
}

function drawMarkers(
  context: CanvasRenderingContext2D,
  curve: Curve,
  layout: ChartLayout,
  color: Palette,
): void {
  const outline = outlineOf(curve.style);
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
