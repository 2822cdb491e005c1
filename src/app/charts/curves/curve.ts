/** The lines of a chart as they are drawn. */
import type { Extrema } from '../../../insights/extrema.ts';
import type { View } from '../../state/AppState.ts';
import type { LaneStyle } from '../../state/laneStyle.ts';
import type { Mark } from './marks.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Of which images a value is. */
export type Split = 'training' | 'test';

/** Where a line ends, and the number that is written there: of the training error the one that is told everywhere, not the smoothed one. */
export interface EndPoint extends Point {
  readonly value: number;
  readonly split: Split;
}

/** A value on the test images; of several runs their mean and standard deviation. */
export interface TestPoint extends Point {
  readonly step: number;
  /** On how many images; null where that is not known. A line joins tests on as many. */
  readonly images: number | null;
  readonly std: number | null;
}

/** One line in one chart. */
export interface Curve {
  readonly id: string;
  readonly lane: string;
  readonly name: string;
  readonly style: LaneStyle;
  /** Drawn faintly, behind the runs of this page. */
  readonly faint: boolean;
  /** Runs that it is the mean of. */
  readonly runs: number;
  /** Of each value: its step, its place on the axis, as recorded, as drawn. */
  readonly steps: Float64Array;
  readonly x: Float64Array;
  readonly values: Float64Array;
  readonly smoothed: Float64Array;
  /** Standard deviation of the smoothed runs around their mean. */
  readonly std: Float64Array | null;
  /** Standard deviation of single batches around `smoothed`: of one run that is smoothed, else null. */
  readonly noise: Float64Array | null;
  /** What to draw of `values`, null if nothing, and of `smoothed`. */
  readonly rawExtrema: Extrema | null;
  readonly extrema: Extrema;
  readonly test: readonly TestPoint[];
  /** The last value by which its end is labelled: test if there is one, else training. */
  readonly end: EndPoint | null;
  /** The last training value where a number stands for it; null if there is none. */
  readonly trained: number | null;
  /** The place of the step whose loss was no number. */
  readonly divergedAt: number | null;
  readonly marks: readonly Mark[];
}

export type CurveView = Pick<View, 'smoothing' | 'x'>;
