import type { FormatEnd } from '../endFormat.ts';
import type { Curve } from '../curves/curve.ts';
import type { Reference } from '../references/reference.ts';
import type { EmphasisOf } from './emphasis.ts';
import type { ChartLayout } from './layout.ts';

/** What is written over the lines of a chart is made from this. */
export interface OverlayProps {
  readonly curves: readonly Curve[];
  readonly layout: ChartLayout;
  readonly emphasisOf: EmphasisOf;
  /** Writes the value behind a name; null where there is no room for it. */
  readonly formatEnd: FormatEnd | null;
  /** Whether names stand above the chart: then there are values at the ends alone. */
  readonly isPane: boolean;
  readonly references: readonly Reference[];
}
