/** A chart in a sentence: the last values of each of its lines, for who does not see it. */
import type { Curve } from '../curves/curve.ts';
import { chartSummary as words } from '../enCharts.ts';
import type { FormatValue } from '../valueFormats.ts';

type Line = Pick<Curve, 'name' | 'values' | 'trained' | 'steps' | 'test'>;

/** Of lines that have values; what a line lacks is not told of it. */
export function summarise(title: string, format: FormatValue, curves: readonly Line[]): string {
  const lanes = curves.filter(hasValues).map((curve) => laneText(curve, format));
  return lanes.length === 0 ? words.none(title) : words.lanes(title, lanes);
}

const hasValues = (curve: Line) => curve.values.length > 0 || curve.test.length > 0;

function laneText({ name, steps, trained, test }: Line, format: FormatValue): string {
  const tested = test.at(-1);
  return words.lane(name, steps[steps.length - 1] ?? tested?.step ?? 0, [
    ...(trained === null ? [] : [words.training(format(trained))]),
    ...(tested === undefined ? [] : [words.test(format(tested.y))]),
  ]);
}
