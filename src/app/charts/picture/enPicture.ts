/** The words of the pictures of charts, and of saving them. */
import { axisNames, charts } from '../enCharts.ts';
import { joined, twoDecimals } from '../../ui/format.ts';
import type { Quantity } from '../quantities.ts';

export const picture = {
  file: (quantity: Quantity, kind: string) => `residual-playground-${quantity}.${kind}`,
  save: (title: string, kind: string) => `Save the chart \u201c${title}\u201d as ${kind}`,
  /** Where a browser changes what is read of a canvas. */
  noise:
    'Not saved: this browser changes the pixels of pictures that a page draws, against tracking, and the PNG would be noise. The SVG holds lines and not pixels: it is exact, and slides take it too.',
  svgInstead: 'Save as SVG',
  dismiss: 'Close',
  training: 'training',
  smoothed: (smoothing: number) => `training, smoothed ${twoDecimals(smoothing)}, each batch behind it`,
  test: 'test',
  axes: axisNames,
  diverged: charts.diverged,
  credit: (device: string | null, date: string) => joined(' \u00b7 ', 'Residual Playground', device, date),
};
