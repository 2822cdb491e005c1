import { useStore } from 'zustand/react';
import type { StoreApi } from 'zustand/vanilla';
import { charts as words } from '../../messages/enCharts.ts';
import { LaneMark } from '../Marker.tsx';
import type { Crosshair } from './crosshair.ts';
import { readCurves, type Curve, type Quantity } from './curves.ts';
import { plotWidth, xOf, type ChartLayout } from './layout.ts';

interface Props {
  readonly quantity: Quantity;
  readonly curves: readonly Curve[];
  readonly layout: ChartLayout;
  readonly crosshair: StoreApi<Crosshair>;
  readonly format: (value: number) => string;
}

/** Every lane's values at the step of the crosshair, the highest line first. */
export function Reading({ quantity, curves, layout, crosshair, format }: Props) {
  const { step, chart } = useStore(crosshair);
  if (step === null || chart !== quantity || step > layout.lastStep) return null;
  const rows = readCurves(curves, step).filter((row) => row.smoothed !== null || row.test !== null);
  const x = xOf(layout, step);
  const isRight = x > layout.left + plotWidth(layout) / 2;
  const hasTest = quantity !== 'speed';
  const write = (value: number | null) => (value === null ? words.none : format(value));
  return (
    <div className="reading" style={isRight ? { right: layout.width - x + 14 } : { left: x + 14 }}>
      <table>
        <thead>
          <tr>
            <th scope="col" colSpan={2}>
              {words.stepTitle(step)}
            </th>
            {hasTest ? (
              <>
                <th scope="col">{words.training}</th>
                <th scope="col">{words.raw}</th>
                <th scope="col">{words.test}</th>
              </>
            ) : (
              <th scope="col" />
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ curve, smoothed, raw, test }) => (
            <tr key={curve.id}>
              <td>
                <LaneMark style={curve.style} />
              </td>
              <th scope="row">{curve.name}</th>
              <td>{write(smoothed)}</td>
              {hasTest && (
                <>
                  <td className="reading-raw">{write(raw)}</td>
                  <td className="reading-test">{write(test && test.y)}</td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
