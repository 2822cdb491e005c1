/** How values are written: with their unit, and beside an axis. */
import { plainNumber } from '../ui/format.ts';

export type FormatValue = (value: number) => string;
/** Writes a value beside an axis whose largest one is `most`, so that all of an axis are written alike. */
export type FormatTick = (value: number, most: number) => string;

/** By its power of ten. */
const exponential = (value: number, digits?: number) => value.toExponential(digits).replace('e+', 'e');

/** `format`, but by the power of ten where it would fill the page with digits, or leave none. */
export const readable =
  (format: FormatValue, least: number, most: number): FormatValue =>
  (value) => {
    if (value === Infinity || value === -Infinity) return value > 0 ? '\u221e' : '\u2212\u221e';
    const size = Math.abs(value);
    const isFar = size >= most || (size > 0 && size < least);
    return isFar ? exponential(value, 2) : format(value);
  };

/** By its power of ten where zeros would hide it. */
export const axisNumber: FormatTick = (value, most) => {
  if (value === 0) return '0';
  const isFar = most < 1e-3 || most >= 1e7 || Math.abs(value) < 1e-5;
  return isFar ? exponential(Number(value.toPrecision(4))) : plainNumber(value);
};

/** A share as a bare number of percent, beside an axis that names the unit. */
export const axisPercent: FormatTick = (share, most) => axisNumber(100 * share, 100 * most);
