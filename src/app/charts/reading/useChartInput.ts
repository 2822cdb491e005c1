/** Pointer and keys of a chart: the reading, drawing a rectangle to zoom into, and back. */
import { useState, type HTMLAttributes, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react';
import { createStore } from 'zustand/vanilla';
import type { XAxis } from '../../state/chartView.ts';
import { MEANT, type Selection } from './ChartPointer.tsx';
import type { ChartSpace } from './chartSpace.ts';
import { noCrosshair } from './crosshair.ts';
import { lastPlaceOf } from '../curves/curves.ts';
import { lineAt } from './lineAt.ts';
import { isOn, xAt, yAt, type ChartLayout } from '../plot/layout.ts';
import type { Range } from '../plot/steadyRanges.ts';
import { shareOf, valueAt, type Scale } from '../plot/scales.ts';
import { isZoomed, noZoom } from './zoom.ts';
import type { Curve } from '../curves/curve.ts';
import type { Quantity } from '../quantities.ts';

interface Given extends ChartSpace {
  readonly quantity: Quantity;
  readonly axis: XAxis;
  readonly curves: readonly Curve[];
  readonly layout: ChartLayout;
  /** Keeps the reading at a place; null puts it away. */
  readonly onPin: (place: number | null) => void;
  readonly pinned: number | null;
  /** Tells of the curve that is pointed at, by its line or its name; null is none. */
  readonly onPoint: (id: string | null) => void;
}

interface Gesture {
  readonly drawn: Selection | null;
  /** Whether the last press of the button drew a rectangle. */
  readonly isDrag: boolean;
  /** The reading that was kept before the last click. */
  readonly before: number | null;
}

/** Share of the axis that an arrow key moves the reading by. */
const STRIDE = 1 / 300;
/** What of the axis a zoom by key leaves in sight. */
const CLOSER = 0.6;

export function useChartInput(given: Given) {
  const { quantity, axis, curves, layout, crosshair, zoom, onPin, pinned, onPoint } = given;
  const [selection] = useState(() =>
    createStore<Gesture>()(() => ({ drawn: null, isDrag: false, before: null })),
  );

  const last = Math.max(0, ...curves.map(lastPlaceOf));
  const nearest = (place: number) => (axis === 'step' ? Math.max(1, Math.round(place)) : Math.max(0, place));
  const show = (place: number) => {
    if (last > 0) crosshair.setState({ place: nearest(Math.min(last, place)), chart: quantity });
  };
  const hide = () => {
    crosshair.setState(noCrosshair);
    onPoint(null);
  };
  const at = (event: MouseEvent<HTMLElement>): readonly [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };

  const zoomX = (range: Range) => zoom.setState({ x: range });
  const zoomY = (range: Range) => zoom.setState(({ y }) => ({ y: { ...y, [quantity]: range } }));
  const whole = () => zoom.setState(noZoom, true);

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    selection.setState({ isDrag: false });
    // A finger scrolls the page.
    if (event.button !== 0 || event.pointerType === 'touch') return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const point = at(event);
    selection.setState({ drawn: { from: point, to: point } });
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const point = at(event);
    const { drawn } = selection.getState();
    if (drawn) selection.setState({ drawn: { ...drawn, to: point } });
    else onPoint(nameUnder(event.target) ?? lineAt(curves, layout, point));
    show(xAt(layout, point[0]));
  };
  const onPointerUp = () => {
    const { drawn } = selection.getState();
    if (!drawn) return;
    const { from, to } = drawn;
    const [isAcross, isUpwards] = [0, 1].map((i) => Math.abs(to[i]! - from[i]!) >= MEANT);
    if (isAcross) zoomX(ascending(xAt(layout, from[0]), xAt(layout, to[0])));
    if (isUpwards) zoomY(ascending(yAt(layout, from[1]), yAt(layout, to[1])));
    selection.setState({ drawn: null, isDrag: Boolean(isAcross || isUpwards) });
  };
  const onClick = (event: MouseEvent<HTMLElement>) => {
    if (selection.getState().isDrag || event.detail !== 1 || last === 0) return;
    selection.setState({ before: pinned });
    onPin(nearest(Math.min(last, xAt(layout, at(event)[0]))));
  };
  const onDoubleClick = () => {
    // Its first click has pinned a reading that nobody wanted.
    onPin(selection.getState().before);
    whole();
  };

  const closer = (factor: number) => {
    const share = shareOf(layout.x, crosshair.getState().place ?? valueAt(layout.x, 0.5));
    const next = around(layout.x, share, factor);
    // Farther than everything is everything.
    if (next[0] <= 0 && next[1] >= last) zoom.setState({ x: null });
    else zoomX([Math.max(layout.x.isLog ? layout.x.from : 0, next[0]), next[1]]);
  };
  const move = (strides: number) => {
    const { place } = crosshair.getState();
    const from = place ?? Math.min(last, layout.x.to);
    const target = valueAt(layout.x, shareOf(layout.x, from) + strides * STRIDE);
    const isStuck = axis === 'step' && nearest(target) === from;
    show(isStuck ? from + Math.sign(strides) : target);
    follow(crosshair.getState().place ?? from);
  };
  /** A reading that leaves what is in sight takes the axis along. */
  const follow = (place: number) => {
    if (zoom.getState().x === null || isOn(layout.x, place)) return;
    const shift = shareOf(layout.x, place) < 0 ? -0.5 : 0.5;
    zoomX([valueAt(layout.x, shift), valueAt(layout.x, 1 + shift)]);
  };

  const actions: Readonly<Record<string, (event: KeyboardEvent) => void>> = {
    ArrowLeft: (event) => move(event.shiftKey ? -10 : -1),
    ArrowRight: (event) => move(event.shiftKey ? 10 : 1),
    ArrowUp: () => zoomY(around(layout.y, 0.5, CLOSER)),
    ArrowDown: () => zoomY(around(layout.y, 0.5, 1 / CLOSER)),
    '+': () => closer(CLOSER),
    '=': () => closer(CLOSER),
    '-': () => closer(1 / CLOSER),
    '0': whole,
    Enter: () => onPin(crosshair.getState().place),
    Escape: () => {
      if (isZoomed(zoom.getState())) whole();
      else hide();
    },
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const action = actions[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    action(event);
  };

  const handlers: HTMLAttributes<HTMLElement> = {
    onPointerDown,
    onPointerMove,
    onPointerUp,
    onClick,
    onPointerCancel: () => selection.setState({ drawn: null }),
    onPointerLeave: hide,
    onDoubleClick,
    onBlur: hide,
    onKeyDown,
  };
  return { selection, handlers };
}

/** The curve whose name is there. */
const nameUnder = (target: EventTarget): string | null =>
  target instanceof Element ? (target.closest('[data-curve]')?.getAttribute('data-curve') ?? null) : null;

const ascending = (a: number, b: number): Range => [Math.min(a, b), Math.max(a, b)];

/** The stretch around a share of the scale, `factor` times as long; the share keeps its place. */
const around = (scale: Scale, share: number, factor: number): Range => [
  valueAt(scale, share - share * factor),
  valueAt(scale, share + (1 - share) * factor),
];
