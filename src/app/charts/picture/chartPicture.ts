import type { XAxis } from '../../state/chartView.ts';
import type { FormatEnd } from '../endFormat.ts';
import type { FormatTick } from '../valueFormats.ts';
import type { Palette } from '../plot/drawCurves.ts';
import type { Reference } from '../references/reference.ts';
import type { Scale } from '../plot/scales.ts';
import type { Curve } from '../curves/curve.ts';

export interface ChartPicture {
  /** What is drawn, with its unit: the name of the vertical axis, and where there is no headline the title. */
  readonly title: string;
  /** What the curves show, in a sentence; null where nothing can be said. */
  readonly headline: string | null;
  /** What the runs shared, in one line: wrapped where it is too long. */
  readonly settings: string;
  /** How large all was: the last row. Empty where that is not known. */
  readonly sizes: string;
  /** The address of the experiment; null where the page holds none of these runs. */
  readonly link: string | null;
  /** Who drew it, when. */
  readonly credit: string;
  readonly curves: readonly Curve[];
  readonly axis: XAxis;
  readonly x: Scale;
  readonly y: Scale;
  readonly formatTick: FormatTick;
  readonly formatPlace: (place: number) => string;
  readonly formatEnd: FormatEnd;
  readonly references: readonly Reference[];
  readonly words: Readonly<Record<'training' | 'test' | 'across' | 'diverged', string>>;
  readonly shortName: (name: string, fit: (name: string) => string) => string;
  /** "+3 more" */
  readonly more: (count: number) => string;
  readonly color: Palette;
}
