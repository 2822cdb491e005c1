/** Where a row stands: what each of them says of it. */

/** The head is the first row. */
const FIRST = 2;

export interface RowPlace {
  readonly itemKey: string;
  /** Among all rows, drawn or not, from 0. */
  readonly index: number;
  /** Pixels from the top; absent where all rows are drawn. */
  readonly start: number | undefined;
}

export const placed = ({ itemKey, index, start }: RowPlace) => ({
  role: 'row',
  'data-index': index,
  'data-item': itemKey,
  'aria-rowindex': index + FIRST,
  ...(start !== undefined && { style: { transform: `translateY(${start}px)` } }),
});
