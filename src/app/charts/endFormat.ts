import type { Split } from './curves/curve.ts';
import { endValue } from './enCharts.ts';
import { quantityRow, type Quantity } from './quantities.ts';

/** Writes the value at the end of a line; of which images it is, where the chart has lines of both. */
export type FormatEnd = (value: number, split: Split | null) => string;

export function endFormat(quantity: Quantity): FormatEnd {
  const { format, line, test } = quantityRow(quantity);
  const hasBoth = line !== null && test !== null;
  return (value, split) => (hasBoth && split ? endValue[split](format(value)) : format(value));
}
