import { Fragment, memo } from 'react';
import { charts, table as words } from '../../messages/enCharts.ts';
import { integer } from '../../messages/format.ts';
import type { Curve } from './curves.ts';
import { niceStep } from './scales.ts';

/** Rows of a table at most; of a longer run every so many steps are listed. */
const MOST_ROWS = 200;

interface Props {
  readonly title: string;
  readonly curves: readonly Curve[];
  readonly hasTest: boolean;
  readonly format: (value: number) => string;
}

/** The recorded values behind a chart. `data-value` holds each in full. */
export const CurveTable = memo(function CurveTable({ title, curves, hasTest, format }: Props) {
  const { steps, stride } = listedSteps(curves, hasTest);
  return (
    <div className="curve-table" tabIndex={0} role="group" aria-label={words.caption(title)}>
      <table>
        <caption>{!hasTest ? words.packs : stride === 1 ? words.everyStep : words.everyNth(stride)}</caption>
        <thead>
          <tr>
            <th scope="col">{words.step}</th>
            {curves.map((curve) => (
              <Fragment key={curve.id}>
                <th scope="col">{hasTest ? words.trainingOf(curve.name) : words.speedOf(curve.name)}</th>
                {hasTest && <th scope="col">{words.testOf(curve.name)}</th>}
              </Fragment>
            ))}
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <tr key={step} data-step={step}>
              <th scope="row">{integer(step)}</th>
              {curves.map((curve) => (
                <Fragment key={curve.id}>
                  <Cell curve={curve} split="training" value={valueAt(curve, step)} format={format} />
                  {hasTest && (
                    <Cell
                      curve={curve}
                      split="test"
                      value={curve.test.find((point) => point.x === step)?.y}
                      format={format}
                    />
                  )}
                </Fragment>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
});

interface CellProps {
  readonly curve: Curve;
  readonly split: 'training' | 'test';
  readonly value: number | undefined;
  readonly format: (value: number) => string;
}

function Cell({ curve, split, value, format }: CellProps) {
  return (
    <td data-lane={curve.lane} data-split={split} data-value={value}>
      {value === undefined ? charts.none : format(value)}
    </td>
  );
}

function listedSteps(curves: readonly Curve[], everyStep: boolean) {
  const recorded = new Set<number>();
  const last = Math.max(0, ...curves.map((curve) => curve.steps[curve.steps.length - 1] ?? 0));
  const stride = last > MOST_ROWS && everyStep ? niceStep(last, MOST_ROWS) : 1;
  for (const curve of curves) {
    for (const step of Array.from(curve.steps)) if (step % stride === 0) recorded.add(step);
    for (const point of curve.test) recorded.add(point.x);
  }
  if (last > 0) recorded.add(last);
  return { steps: [...recorded].sort((a, b) => a - b), stride };
}

function valueAt(curve: Curve, step: number): number | undefined {
  // Packs of steps have irregular last steps; of a series of steps, step k stands at k - 1.
  const index = curve.steps[step - 1] === step ? step - 1 : Array.from(curve.steps).indexOf(step);
  return index < 0 ? undefined : curve.values[index];
}
