import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { drawLines, drawUnder, type Drawing } from './drawCurves.ts';
import { atBeat, queuePaint } from '../../state/paintClock.ts';
import type { EmphasisOf } from './emphasis.ts';
import { isSameLayout, type ChartLayout } from './layout.ts';
import { appearance, isForced, onAppearance, resolveColor } from './palette.ts';
import { onWholePage } from './wholePage.ts';
import type { Curve } from '../curves/curve.ts';

interface Props {
  readonly curves: readonly Curve[];
  readonly context: readonly Curve[];
  readonly layout: ChartLayout;
  readonly emphasisOf: EmphasisOf;
  /** Whether anybody can see it: if not, lines that grow are drawn rarely, for a picture of the whole page. */
  readonly isSeen: boolean;
}

/** Milliseconds between two drawings that nobody sees. */
const UNSEEN = 2000;

/** Makes the canvas as large as the chart; setting a size empties it, even to the same. */
function fit(area: HTMLCanvasElement, layout: ChartLayout, ratio: number): void {
  const [width, height] = [Math.round(layout.width * ratio), Math.round(layout.height * ratio)];
  if (area.width !== width) area.width = width;
  if (area.height !== height) area.height = height;
}

let pixel: CanvasRenderingContext2D | null = null;

/**
 * Has what was drawn become pixels now. Browsers only write down what is to be drawn, and draw all of it when it is used: without a graphics card
 * that takes longer than every other task of the page, and bands and lines are half of it each.
 */
function rasterise(area: HTMLCanvasElement): void {
  pixel ??= Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d');
  pixel?.drawImage(area, 0, 0, 1, 1);
}

/** The lines. On a canvas, for SVG takes longer than a frame for eight lanes of thousands of points. */
export function CurveCanvas({ curves, context: others, layout, emphasisOf, isSeen }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  /** Where the drawing grows, step by step, before it is seen. */
  const sketch = useRef<HTMLCanvasElement | null>(null);
  const look = useSyncExternalStore(onAppearance, appearance);
  const latest = useRef<() => void>(() => undefined);
  const later = useRef<(() => void) | null>(null);
  /** What was drawn last: axes that have moved do not wait, or the lines would stand beside them. */
  const drawn = useRef<{ readonly layout: ChartLayout; readonly look: number } | null>(null);
  useLayoutEffect(() => {
    const seen = canvas.current?.getContext('2d');
    const context = (sketch.current ??= document.createElement('canvas')).getContext('2d');
    if (!seen || !context) return;
    const drawing: Drawing = {
      layout,
      color: resolveColor,
      emphasisOf,
      context: others,
      tellsApart: isForced(),
    };
    const ratio = devicePixelRatio;
    const begin = () => {
      fit(context.canvas, layout, ratio);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      drawUnder(context, curves, drawing);
      rasterise(context.canvas);
    };
    const end = () => {
      drawLines(context, curves, drawing);
      const { canvas: area } = seen;
      fit(area, layout, ratio);
      seen.clearRect(0, 0, area.width, area.height);
      seen.drawImage(context.canvas, 0, 0);
      drawn.current = { layout, look };
    };
    latest.current = () => {
      begin();
      end();
    };
    const before = drawn.current;
    if (isSeen || before?.look !== look || !isSameLayout(before.layout, layout))
      return queuePaint(begin, end);
    later.current ??= atBeat(UNSEEN, () => {
      later.current = null;
      latest.current();
    });
    return;
  }, [curves, others, layout, emphasisOf, isSeen, look]);
  useEffect(() => onWholePage('draw', () => latest.current()), []);
  useEffect(
    () => () => {
      later.current?.();
      later.current = null;
    },
    [],
  );
  return (
    <canvas
      ref={canvas}
      className="chart-lines"
      style={{ width: layout.width, height: layout.height }}
      aria-hidden="true"
    />
  );
}
