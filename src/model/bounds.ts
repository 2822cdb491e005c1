/** What no one means, and what could not be trained, counted or told apart: bounds that nothing sensible meets. */
import * as v from 'valibot';

export const MOST_STEPS = 1e9;
/** Beyond it, two seeds that follow each other are one number. */
export const MOST_SEED = Number.MAX_SAFE_INTEGER;

export const wholeFrom = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
export const positive = v.pipe(v.number(), v.finite(), v.gtValue(0), v.maxValue(1e6));
export const nonNegative = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1e6));
/** Above 0, and finite, in float32, too; a rate that diverges at once may be asked for. */
export const rateAboveZero = v.pipe(v.number(), v.gtValue(0), v.minValue(1e-12), v.maxValue(1e30));
