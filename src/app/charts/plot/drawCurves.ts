import { dashes } from '../../runs/looks/laneStyles.ts';
import { inDrawingOrder, type Emphasis, type EmphasisOf } from './emphasis.ts';
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

export interface Drawing {
  readonly layout: ChartLayout;
  readonly color: Palette;
  readonly emphasisOf: EmphasisOf;
  /** Lines to compare with, of which only the shape matters: grey and thin, behind all others. */
  readonly context?: readonly Curve[];
  /** Whether markers tell every line from the others, because its colour does not. */
  readonly tellsApart?: boolean;
}

const colorOf = ({ hue, tone }: LaneStyle, color: Palette) => color(`--${hue}-${tone}`);

/** How strongly a line is drawn, and how wide: that of training, and that of tests. */
const looks: Readonly<Record<Emphasis, { readonly strength: number; readonly training: number; readonly test: number }>> = {
  front: { strength: 1, training: 2, test: 3.4 },
  loud: { strength: 1, training: 1.6, test: 2.8 },
  behind: { strength: FAINT, training: 1.6, test: 1.8 },
  quiet: { strength: 0.22, training: 1.3, test: 1.6 },
}; // prettier-ignore

/** How strong the bands of lines are, of their lines: more of them lie on each other, and are weaker. */
export function bandOpacity(curves: readonly Curve[], emphasisOf: EmphasisOf): number {
  const bands = curves.filter((curve) => emphasisOf(curve) !== 'quiet' && (curve.std ?? curve.noise));
  return 0.16 * Math.min(1, 2 / bands.length);
}

/** And each batch, as a line, and as the space that very many fill. */
const BATCHES = { line: 0.4, filled: 0.22 };

/** Draws in the plot alone. */
function clipped(
  context: CanvasRenderingContext2D,
  { left, right, top, bottom, width, height }: ChartLayout,
  draw: () => void,
): void {
  context.save();
  context.beginPath();
  context.rect(left, top, width - left - right, height - top - bottom);
  context.clip();
  // Thousands of corners of thin lines: round ones would cost more than the lines.
  context.lineJoin = 'bevel';
  draw();
  context.restore();
}

/**
 * What lies under the lines, on a canvas whose unit is a CSS pixel, which is emptied first: lines to compare with, and bands. Each batch is drawn
 * of the line alone that is brought forward: of all of them they would be noise.
 */
export function drawUnder(
  context: CanvasRenderingContext2D,
  given: readonly Curve[],
  { layout, color, emphasisOf, context: others = [] }: Drawing,
): void {
  const curves = inDrawingOrder(given, emphasisOf);
  const band = bandOpacity(curves, emphasisOf);
  context.clearRect(0, 0, layout.width, layout.height);
  clipped(context, layout, () => {
    for (const curve of others) drawContext(context, curve, layout, color);
    for (const curve of curves) {
      const emphasis = emphasisOf(curve);
      if (emphasis === 'quiet') continue;
      context.strokeStyle = context.fillStyle = colorOf(curve.style, color);
      context.globalAlpha = band * looks[emphasis].strength;
      context.beginPath();
      traceBand(curve, layout, context, emphasis !== 'behind');
      context.fill();
      if (emphasis === 'front') drawBatches(context, curve, layout);
    }
  });
}

/** The lines themselves: smoothed ones, tests over them, markers on top. */
export function drawLines(
  context: CanvasRenderingContext2D,
  given: readonly Curve[],
  { layout, color, emphasisOf, tellsApart = false }: Drawing,
): void {
  const curves = inDrawingOrder(given, emphasisOf);
  const lookOf = (curve: Curve) => looks[emphasisOf(curve)];
  clipped(context, layout, () => {
    for (const curve of curves) {
      context.strokeStyle = colorOf(curve.style, color);
      context.globalAlpha = lookOf(curve).strength;
      context.lineWidth = lookOf(curve).training;
      // A rhythm of its own only where colours do not tell lanes apart: the legend shows one kind of dashes.
      const rhythm = tellsApart ? [...dashes[curve.style.marker]] : [5, 4];
      context.setLineDash(curve.rawExtrema ? rhythm : []);
      strokeLine(context, curve, 'smoothed', layout, DOT);
    }
    context.setLineDash([]);
    for (const curve of curves) drawTest(context, curve, layout, color, lookOf(curve));
  });
  // Markers lie over the plot's edge, and are not cut there.
  for (const [i, curve] of curves.entries()) {
    context.globalAlpha = lookOf(curve).strength;
    drawMarkers(context, curve, layout, color);
    if (emphasisOf(curve) !== 'quiet' && (tellsApart || needsMarkers(curve, curves))) {
      const along = placesAlong(curve, layout, i / curves.length);
      drawAlong(context, curve, along, color);
    }
  }
  context.globalAlpha = 1;
}

function drawContext(
  context: CanvasRenderingContext2D,
  curve: Curve,
  layout: ChartLayout,
  color: Palette,
): void {
  context.strokeStyle = color('--faint');
  context.globalAlpha = 0.35;
  context.lineWidth = 1;
  context.setLineDash(curve.rawExtrema ? [3, 3] : []);
  strokeLine(context, curve, 'smoothed', layout, DOT / 2);
  context.setLineDash([]);
  context.beginPath();
  traceTest(curve, layout, (value) => yOf(layout, value), context);
  context.stroke();
}

function drawBatches(context: CanvasRenderingContext2D, curve: Curve, layout: ChartLayout): void {
  context.beginPath();
  if (isDense(curve, layout)) {
    context.globalAlpha = BATCHES.filled;
    traceEnvelope(curve, layout, context);
    context.fill();
    return;
  }
  context.globalAlpha = BATCHES.line;
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
  { strength, test }: (typeof looks)[Emphasis],
): void {
  context.strokeStyle = colorOf(curve.style, color);
  context.globalAlpha = strength;
  context.lineWidth = test;
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
