import { useState } from 'react';
import { pinned as words, placeTitle } from '../enCharts.ts';
import type { XAxis } from '../../state/chartView.ts';
import { copyText } from '../../ui/copyText.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { readCurves, type ReadingKey, type ReadingOrder, type ReadingRow } from './reading.ts';
import { ReadingTable, readingValue } from './ReadingTable.tsx';
import { readingColumns } from './readingColumns.ts';
import type { Curve } from '../curves/curve.ts';
import type { Quantity } from '../quantities.ts';

interface Props {
  readonly title: string;
  readonly quantity: Quantity;
  readonly axis: XAxis;
  readonly place: number;
  readonly curves: readonly Curve[];
  readonly format: (value: number) => string;
  readonly order: ReadingOrder;
  readonly onSort: (key: ReadingKey) => void;
  readonly onClose: () => void;
}

/** A reading that stays: it goes on with its curves, can be sorted by its columns, and copied. */
export function PinnedReading(props: Props) {
  const { title, quantity, axis, place, curves, format, order, onSort, onClose } = props;
  const [outcome, setOutcome] = useState<'copied' | 'notCopied' | null>(null);
  const rows = readCurves(curves, place, order);
  const heading = placeTitle[axis](place);
  const copy = () => {
    void copyText(tabSeparated(`${title}, ${heading}`, quantity, rows)).then((isCopied) =>
      setOutcome(isCopied ? 'copied' : 'notCopied'),
    );
  };
  return (
    <div className="pinned" role="group" aria-label={words.label(title, heading)}>
      <ReadingTable
        title={heading}
        quantity={quantity}
        rows={rows}
        format={format}
        sorting={{ order, onSort }}
      />
      <div className="pinned-tools">
        <button type="button" className="button-small" onClick={copy}>
          {words.copy}
        </button>
        <IconButton icon="remove" label={words.close} onClick={onClose} />
        <span role="status" className={outcome === 'notCopied' ? 'field-hint' : 'visually-hidden'}>
          {outcome && words[outcome]}
        </span>
      </div>
    </div>
  );
}

/** The reading for a spreadsheet: values in full, shares as shares. */
export function tabSeparated(title: string, quantity: Quantity, rows: readonly ReadingRow[]): string {
  const columns = readingColumns(quantity);
  const lines = [
    [title, words.step, ...columns.map(({ heading }) => heading)],
    ...rows.map((row) => [
      row.curve.name,
      row.step ?? row.test?.step ?? '',
      ...columns.map(({ key }) => readingValue(row, key) ?? ''),
    ]),
  ];
  return lines.map((cells) => cells.map((cell) => String(cell).replace(/\s+/g, ' ')).join('\t')).join('\n');
}
