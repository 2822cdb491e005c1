/** The words of the pictures of charts, and of saving them. */
import { axisNames, charts, quantityWords } from '../enCharts.ts';
import { integer, joined, list, twoDecimals } from '../../ui/format.ts';
import type { Quantity } from '../quantities.ts';
import type { Sizes } from './sizes.ts';

export const picture = {
  file: (quantity: Quantity, kind: string) => `residual-playground-${quantity}.${kind}`,
  save: (title: string, kind: string) => `Save the chart \u201c${title}\u201d as ${kind}`,
  /** Where a browser changes what is read of a canvas. */
  noise:
    'Not saved: this browser changes the pixels of pictures that a page draws, against tracking, and the PNG would be noise. The SVG holds lines and not pixels: it is exact, and slides take it too.',
  svgInstead: 'Save as SVG',
  dismiss: 'Close',
  /** What the dashed lines are, and what lies around them. */
  training: (quantity: Quantity, smoothing: number) =>
    smoothing === 0
      ? (quantityWords[quantity].splits?.training ?? '')
      : `${quantityWords[quantity].splits?.training ?? ''}, smoothed ${twoDecimals(smoothing)}, \u00b1 one standard deviation`,
  test: (quantity: Quantity) => quantityWords[quantity].splits?.test ?? '',
  axes: axisNames,
  diverged: charts.diverged,
  credit: (device: string | null, date: string) => joined(' \u00b7 ', 'Residual Playground', device, date),
};

/** "8 filters, batch 64, 300 of the paper's 64,000 steps, one seed" */
export function sizesText({ widths, batches, done, budget, paperSteps, seeds }: Sizes): string {
  const filters = `${list(widths.map(integer))} ${widths.length === 1 && widths[0] === 1 ? 'filter' : 'filters'}`;
  const steps =
    budget !== null && done < budget
      ? `${integer(done)} of ${integer(budget)} steps`
      : done < paperSteps
        ? `${integer(done)} of the paper\u2019s ${integer(paperSteps)} steps`
        : `${integer(done)} steps`;
  return [
    filters,
    `batch ${list(batches.map(integer))}`,
    steps,
    seeds === 1 ? 'one seed' : `${integer(seeds)} seeds`,
  ].join(', ');
}
