import { median } from '../src/model/median.ts';
import type { Measurement } from './result.ts';

/** The median of repetitions, with their spread. Throws RangeError for none. */
export function summary(label: string, values: readonly number[], unit: string): Measurement {
  if (values.length === 0) throw new RangeError('no values');
  return { label, value: median(values), unit, spread: [Math.min(...values), Math.max(...values)] };
}
