/** Which values and places are named on the axes, and how much room their texts need. */
import { placeTick } from '../enCharts.ts';
import type { XAxis } from '../../state/chartView.ts';
import { plotHeight, plotWidth, type ChartLayout } from './layout.ts';
import { placeTicks, ticksOf } from './scales.ts';
import { measureIn } from './textWidth.ts';
import type { FormatTick } from '../valueFormats.ts';

const MOST_TICKS = 6;
/** Pixels between two values, and between the texts of two places. */
const LINE = 36;
const GAP = 18;
/** Of the texts of axes, in CSS pixels. */
export const TICK_SIZE = 12;
/** Beside the texts of values. */
const MARGIN = 14;
const LEAST_ROOM = 46;
/** Room grows in steps, so that the plot does not move with every digit. */
const STEP = 8;

export const valueTicks = (layout: Pick<ChartLayout, 'height' | 'top' | 'bottom' | 'y'>): readonly number[] =>
  ticksOf(layout.y, Math.min(MOST_TICKS, plotHeight(layout) / LINE));

/** Room to the left of the plot in which every value of its axis can be read whole. */
export function valueRoom(
  layout: Pick<ChartLayout, 'height' | 'top' | 'bottom' | 'y'>,
  format: FormatTick,
): number {
  const ticks = valueTicks(layout);
  const most = Math.max(...ticks.map(Math.abs));
  const measure = measureIn(TICK_SIZE);
  const widest = Math.max(0, ...ticks.map((value) => measure(format(value, most))));
  return Math.max(LEAST_ROOM, STEP * Math.ceil((widest + MARGIN) / STEP));
}

/** As many places as can be named without their texts touching. */
export function placeTicksWithin(layout: ChartLayout, axis: XAxis): readonly number[] {
  const measure = measureIn(TICK_SIZE);
  for (let count = MOST_TICKS; count > 1; count--) {
    const ticks = placeTicks(layout.x, axis, count);
    const widest = Math.max(0, ...ticks.map((place) => measure(placeTick[axis](place))));
    if (ticks.length * (widest + GAP) <= plotWidth(layout) + widest) return ticks;
  }
  return placeTicks(layout.x, axis, 1);
}
