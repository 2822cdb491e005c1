import { Fragment, memo } from 'react';
import { charts, placeTick, table as words } from '../enCharts.ts';
import { integer } from '../../ui/format.ts';
import type { XAxis } from '../../state/chartView.ts';
import { niceStep } from '../plot/scales.ts';
import { lastIndexUpTo } from '../curves/steps.ts';
import type { Curve } from '../curves/curve.ts';
import { quantityRow, type Quantity, type QuantityRow } from '../quantities.ts';

/** Rows of a table at most, about; of a longer run every so many steps are listed. */
const MOST_ROWS = 200;

interface Props {
  readonly title: string;
  readonly quantity: Quantity;
  readonly axis: XAxis;
  readonly curves: readonly Curve[];
  readonly format: (value: number) => string;
}

/** The recorded values behind a chart. `data-value` holds each in full. */
export const CurveTable = memo(function CurveTable({ title, quantity, axis, curves, format }: Props) {
  const { line, test } = quantityRow(quantity);
  const { rows, stride } = listedRows(curves, line?.per !== 'pack');
  return (
    <div className="curve-table" tabIndex={0} role="group" aria-label={words.caption(title)}>
      <table>
        <caption>{captionOf(line, stride)}</caption>
        <thead>
          <tr>
            <th scope="col">{words.step}</th>
            {axis !== 'step' && <th scope="col">{words.places[axis]}</th>}
            {curves.map((curve) => (
              <Fragment key={curve.id}>
                {line && <th scope="col">{test ? words.trainingOf(curve.name) : curve.name}</th>}
                {test && <th scope="col">{line ? words.testOf(curve.name) : curve.name}</th>}
              </Fragment>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([step, place]) => (
            <tr key={step} data-step={step}>
              <th scope="row">{integer(step)}</th>
              {axis !== 'step' && <td>{place === null ? charts.none : placeTick[axis](place)}</td>}
              {curves.map((curve) => (
                <Fragment key={curve.id}>
                  {line && (
                    <Cell curve={curve} split="training" value={valueAt(curve, step)} format={format} />
                  )}
                  {test && <Cell curve={curve} split="test" value={testAt(curve, step)} format={format} />}
                </Fragment>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
});

function captionOf(line: QuantityRow['line'], stride: number): string {
  if (line === null) return words.evaluations;
  if (line.per === 'pack') return words.packs;
  return stride === 1 ? words.everyStep : words.everyNth(stride);
}

interface CellProps {
  readonly curve: Curve;
  readonly split: 'training' | 'test';
  readonly value: number | undefined;
  readonly format: (value: number) => string;
}

function Cell({ curve, split, value, format }: CellProps) {
  return (
    <td
      data-lane={curve.lane}
      data-split={split}
      data-value={value === undefined ? undefined : String(value)}
    >
      {value === undefined ? charts.none : format(value)}
    </td>
  );
}

/** Steps to list, each with its place on the axis on the first lane that knows it: lanes of one step differ in time. */
function listedRows(curves: readonly Curve[], isEveryStep: boolean) {
  const places = new Map<number, number | null>();
  const last = Math.max(0, ...curves.map((curve) => curve.steps[curve.steps.length - 1] ?? 0));
  const recorded = Math.max(0, ...curves.map((curve) => curve.steps.length));
  const stride = recorded > MOST_ROWS ? niceStep(isEveryStep ? last : recorded, MOST_ROWS) : 1;
  for (const { steps, x, test } of curves) {
    for (let i = isEveryStep ? stride - 1 : 0; i < steps.length; i += stride) {
      if (!places.has(steps[i]!)) places.set(steps[i]!, x[i]!);
    }
    const sparse = Math.max(1, Math.ceil(test.length / MOST_ROWS));
    test.forEach((point, i) => {
      if ((test.length - 1 - i) % sparse === 0 && !places.has(point.step)) places.set(point.step, point.x);
    });
  }
  const longest = curves.find((curve) => curve.steps[curve.steps.length - 1] === last);
  if (longest && last > 0) places.set(last, longest.x[longest.x.length - 1] ?? null);
  return { rows: [...places].sort(([a], [b]) => a - b), stride };
}

function valueAt(curve: Curve, step: number): number | undefined {
  const index = lastIndexUpTo(curve.steps, step);
  return curve.steps[index] === step ? curve.values[index] : undefined;
}

function testAt({ test }: Curve, step: number): number | undefined {
  let [low, high] = [0, test.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test[middle]!.step < step) low = middle + 1;
    else high = middle;
  }
  const found = test[low];
  return found?.step === step ? found.y : undefined;
}
