import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { drawCurves } from './drawCurves.ts';
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

/** The lines. On a canvas, for SVG takes longer than a frame for eight lanes of thousands of points. */
export function CurveCanvas({ curves, context: others, layout, emphasisOf, isSeen }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const look = useSyncExternalStore(onAppearance, appearance);
  const latest = useRef<() => void>(() => undefined);
  const later = useRef<(() => void) | null>(null);
  /** What was drawn last: axes that have moved do not wait, or the lines would stand beside them. */
  const drawn = useRef<{ readonly layout: ChartLayout; readonly look: number } | null>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const draw = () => {
      const ratio = devicePixelRatio;
      const [width, height] = [Math.round(layout.width * ratio), Math.round(layout.height * ratio)];
      const { canvas: area } = context;
      // Setting the size empties the canvas, even to the same.
      if (area.width !== width) area.width = width;
      if (area.height !== height) area.height = height;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      drawCurves(context, curves, {
        layout,
        color: resolveColor,
        emphasisOf,
        context: others,
        tellsApart: isForced(),
      });
      drawn.current = { layout, look };
    };
    latest.current = draw;
    const before = drawn.current;
    if (isSeen || before?.look !== look || !isSameLayout(before.layout, layout)) return queuePaint(draw);
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
