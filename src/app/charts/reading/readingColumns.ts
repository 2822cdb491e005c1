import { quantityWords } from '../enCharts.ts';
import { quantityRow, type Quantity, type ValueKey } from '../quantities.ts';

export interface ReadingColumn {
  readonly key: ValueKey;
  readonly heading: string;
}

/** The columns of a quantity's readings. */
export function readingColumns(quantity: Quantity): readonly ReadingColumn[] {
  const headings: Readonly<Partial<Record<ValueKey, string>>> = quantityWords[quantity].columns;
  // The type of the words sees to it that each has one.
  return quantityRow(quantity).columns.map((key) => ({ key, heading: headings[key]! }));
}
