import { useStore } from 'zustand/react';
import type { StoreApi } from 'zustand/vanilla';
import { placeTitle } from '../../messages/enCharts.ts';
import type { XAxis } from '../../store/chartView.ts';
import type { Crosshair } from './crosshair.ts';
import type { Curve, Quantity } from './curves.ts';
import { isOn, plotWidth, xOf, type ChartLayout } from './layout.ts';
import { readCurves, type ReadingOrder } from './reading.ts';
import { ReadingTable } from './ReadingTable.tsx';

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
  const rows = readCurves(curves, place, order).filter((row) => row.smoothed !== null || row.test !== null);
  const x = xOf(layout, place);
  const isRight = x > layout.left + plotWidth(layout) / 2;
  return (
    <div className="reading" style={isRight ? { right: layout.width - x + 14 } : { left: x + 14 }}>
      <ReadingTable title={placeTitle[axis](place)} quantity={quantity} rows={rows} format={format} />
    </div>
  );
}
