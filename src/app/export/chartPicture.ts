import type { XAxis } from '../store/chartView.ts';
import type { FormatTick } from '../ui/charts/axisTicks.ts';
import type { Curve } from '../ui/charts/curves.ts';
import type { Palette } from '../ui/charts/drawCurves.ts';
import type { Reference } from '../ui/charts/reference.ts';
import type { Scale } from '../ui/charts/scales.ts';

export interface ChartPicture {
  readonly title: string;
  /** What the runs shared, in one line: wrapped where it is too long. */
  readonly settings: string;
  /** Who drew it, when. */
  readonly credit: string;
  readonly curves: readonly Curve[];
  readonly axis: XAxis;
  readonly x: Scale;
  readonly y: Scale;
  readonly formatTick: FormatTick;
  readonly formatPlace: (place: number) => string;
  readonly formatEnd: (value: number) => string;
  readonly references: readonly Reference[];
  readonly words: Readonly<Record<'training' | 'test' | 'across' | 'diverged', string>>;
  readonly shortName: (name: string, fit: (name: string) => string) => string;
  /** "+3 more" */
  readonly more: (count: number) => string;
  readonly color: Palette;
}
