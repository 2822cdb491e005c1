/**
 * What the charts draw, a row a quantity. Another one is its name in state/chartView.ts, a row here and a row of words in `quantityWords`
 * (enCharts.ts): the menu, the panel, the curves, the axes, readings, tables and pictures are made from the two. A series that runs do not have yet is added to
 * state/run.ts first, and a rule for an axis that none of these has to plot/steadyRanges.ts.
 */
import { integer, loss, percent, plainNumber, points } from '../ui/format.ts';
import type { TermId } from '../ui/glossary/enGlossary.ts';
import type { Measure } from '../state/chartView.ts';
import type { SeriesKey } from './curves/rows.ts';
import {
  errorRange,
  gapRange,
  lossRange,
  rateRange,
  speedRange,
  type SteadyRange,
} from './plot/steadyRanges.ts';
import type { ReadingKey } from './reading/reading.ts';
import { guessing } from './references/guessing.ts';
import { axisNumber, axisPercent, readable, type FormatTick, type FormatValue } from './valueFormats.ts';

/** A column of values in a reading. */
export type ValueKey = Exclude<ReadingKey, 'name'>;

export interface QuantityRow {
  /** What explains it. */
  readonly term: TermId;
  /** Of its chart where it stands small below the large one, in CSS pixels. */
  readonly height: number;
  /** Milliseconds between two drawings. */
  readonly beat: number;
  /** What its line is: a series with a value for each step, the speed of each pack of steps, or none, only test points. */
  readonly line:
    | {
        readonly per: 'step';
        readonly series: SeriesKey;
        /** Smoothed by the page's slider, over each batch; with marks of what happened, and where it diverged. */
        readonly smoothed: boolean;
      }
    | { readonly per: 'pack' }
    | null;
  /** What of an evaluation its test points are, and whether the same of training, smoothed, is taken off. */
  readonly test: { readonly value: 'loss' | 'error'; readonly minusTraining: boolean } | null;
  /** The columns of its readings, in their order; each has a heading in the words. */
  readonly columns: readonly ValueKey[];
  readonly axis: {
    readonly range: SteadyRange;
    /** Its values are never below 0, so that they can be shown on a logarithmic axis. */
    readonly canBeLog: boolean;
    /** Values below 0 are as usual as those above: a close look need not begin at 0. */
    readonly isSigned: boolean;
    /** Of a stretch of the other axis, and without outliers, only what is in sight is shown, from edge to edge. */
    readonly looksClose: boolean;
    /** A few values far outside do not widen the axis. */
    readonly leavesOutRare: boolean;
  };
  /** Writes a value with its unit. */
  readonly format: FormatValue;
  /** Writes a value beside the axis, which names the unit. */
  readonly formatTick: FormatTick;
  readonly references: {
    /** What a net gets that guesses. */
    readonly guessing: number | null;
    /** The paper's test errors. */
    readonly paper: boolean;
  };
}

const noReferences = { guessing: null, paper: false } as const;

export const quantities = {
  error: {
    term: 'error',
    height: 220,
    beat: 500,
    line: { per: 'step', series: 'error', smoothed: true },
    test: { value: 'error', minusTraining: false },
    columns: ['smoothed', 'raw', 'test'],
    axis: { range: errorRange, canBeLog: true, isSigned: false, looksClose: true, leavesOutRare: false },
    format: readable(percent, 0, 1e5),
    formatTick: axisPercent,
    references: { guessing: guessing.error, paper: true },
  },
  loss: {
    term: 'loss',
    height: 220,
    beat: 1000,
    line: { per: 'step', series: 'loss', smoothed: true },
    test: { value: 'loss', minusTraining: false },
    columns: ['smoothed', 'raw', 'test'],
    axis: { range: lossRange, canBeLog: true, isSigned: false, looksClose: true, leavesOutRare: true },
    format: readable(loss, 5e-4, 1e7),
    formatTick: axisNumber,
    references: { guessing: guessing.loss, paper: false },
  },
  /** Test error minus smoothed training error, at each evaluation. */
  gap: {
    term: 'gap',
    height: 220,
    beat: 2000,
    line: null,
    test: { value: 'error', minusTraining: true },
    columns: ['test'],
    axis: { range: gapRange, canBeLog: false, isSigned: true, looksClose: true, leavesOutRare: false },
    format: readable(points, 0, 1e5),
    formatTick: axisPercent,
    references: noReferences,
  },
  speed: {
    term: 'throughput',
    height: 160,
    beat: 2000,
    line: { per: 'pack' },
    test: null,
    columns: ['smoothed'],
    axis: { range: speedRange, canBeLog: false, isSigned: false, looksClose: false, leavesOutRare: false },
    format: readable(integer, 0, 1e10),
    formatTick: axisNumber,
    references: noReferences,
  },
  rate: {
    term: 'learningRate',
    height: 160,
    beat: 2000,
    line: { per: 'step', series: 'learningRate', smoothed: false },
    test: null,
    columns: ['smoothed'],
    axis: { range: rateRange, canBeLog: true, isSigned: false, looksClose: false, leavesOutRare: false },
    format: readable(plainNumber, 1e-6, 1e7),
    formatTick: axisNumber,
    references: noReferences,
  },
} satisfies Readonly<Record<Measure, QuantityRow>>;

export type Quantity = Measure;

/** What is drawn of a quantity. */
export const quantityRow = (quantity: Quantity): QuantityRow => quantities[quantity];
