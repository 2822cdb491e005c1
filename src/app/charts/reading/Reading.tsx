import { useLayoutEffect, useRef } from 'react';
import { useStore } from 'zustand/react';
import type { StoreApi } from 'zustand/vanilla';
import { charts as words, placeTitle } from '../enCharts.ts';
import type { XAxis } from '../../state/chartView.ts';
import type { Crosshair } from './crosshair.ts';
import { isOn, plotWidth, xOf, type ChartLayout } from '../plot/layout.ts';
import { readCurves, type ReadingOrder } from './reading.ts';
import { ReadingTable } from './ReadingTable.tsx';
import type { Curve } from '../curves/curve.ts';
import { quantityRow, type Quantity } from '../quantities.ts';

interface Props {
  readonly quantity: Quantity;
  readonly axis: XAxis;
  readonly curves: readonly Curve[];
  readonly layout: ChartLayout;
  readonly crosshair: StoreApi<Crosshair>;
  readonly format: (value: number) => string;
  readonly order: ReadingOrder;
}

/** Every lane's values beside the crosshair. */
export function Reading({ quantity, axis, curves, layout, crosshair, format, order }: Props) {
  const { place, chart } = useStore(crosshair);
  if (place === null || chart !== quantity || !isOn(layout.x, place)) return null;
  return <ReadingBox {...{ quantity, axis, curves, layout, format, order, place }} />;
}

/** Beside the place where there is room, and always inside the chart: a box as wide as a phone lies over the place. */
function ReadingBox({ quantity, axis, curves, layout, format, order, place }: BoxProps) {
  const box = useRef<HTMLDivElement>(null);
  const rows = readCurves(curves, place, order).filter((row) => row.smoothed !== null || row.test !== null);
  const x = xOf(layout, place);
  const { width } = layout;
  useLayoutEffect(() => {
    if (!box.current) return;
    const own = box.current.offsetWidth;
    const isRight = x > layout.left + plotWidth(layout) / 2;
    const wanted = isRight ? x - BESIDE - own : x + BESIDE;
    box.current.style.left = `${Math.max(EDGE, Math.min(width - EDGE - own, wanted))}px`;
  });
  return (
    <div className="reading" ref={box} style={{ maxWidth: width - 2 * EDGE }}>
      <ReadingTable
        title={placeTitle[axis](place)}
        quantity={quantity}
        rows={rows.slice(0, MOST_ROWS)}
        format={format}
        nameRoom={Math.max(60, Math.min(220, width - FRAME - COLUMN * quantityRow(quantity).columns.length))}
      />
      {rows.length > MOST_ROWS && <p className="reading-more">{words.more(rows.length - MOST_ROWS)}</p>}
    </div>
  );
}

type BoxProps = Omit<Props, 'crosshair'> & { readonly place: number };

/** Pixels between the place and the box, and between the box and the edges of the chart. */
const BESIDE = 14;
const EDGE = 2;
/** Widths, about: of a column of values, and of what else stands in a row. */
const COLUMN = 50;
const FRAME = 70;
/** More lines than these would reach far over what lies below. */
const MOST_ROWS = 16;
