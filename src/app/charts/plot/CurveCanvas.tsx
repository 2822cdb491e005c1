import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { drawCurves } from './drawCurves.ts';
import { atBeat, queuePaint } from '../../state/paintClock.ts';
import type { ChartLayout } from './layout.ts';
import { appearance, isForced, onAppearance, resolveColor } from './palette.ts';
import type { Curve } from '../curves/curve.ts';

interface Props {
  readonly curves: readonly Curve[];
  readonly layout: ChartLayout;
  /** Whether anybody can see it: if not, it is drawn rarely, for a print of the whole page. */
  readonly isSeen: boolean;
}

/** Milliseconds between two drawings that nobody sees. */
export const UNSEEN = 2000;

/** The lines. On a canvas, for SVG takes longer than a frame for eight lanes of thousands of points. */
export function CurveCanvas({ curves, layout, isSeen }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const look = useSyncExternalStore(onAppearance, appearance);
  const latest = useRef<() => void>(() => undefined);
  const later = useRef<(() => void) | null>(null);
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
      drawCurves(context, curves, layout, resolveColor, isForced());
    };
    latest.current = draw;
    if (isSeen) return queuePaint(draw);
    later.current ??= atBeat(UNSEEN, () => {
      later.current = null;
      latest.current();
    });
    return;
  }, [curves, layout, isSeen, look]);
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
