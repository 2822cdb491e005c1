/** What the page and the worker that reads files say to each other. Types only. */
import type { Failure } from '../../../protocol/protocol.ts';
import type { ColumnFacts } from './table/column.ts';
import type { ColumnChoice, Repeat } from './columns/columnChoice.ts';
import type { PreviewRow } from './table/logTable.ts';
import type { RunData } from './runs/runData.ts';
import type { LaneStyle } from '../../state/laneStyle.ts';

/** Each is answered once, under its `id`; reading is told of in between. */
export type LogCommand = { readonly id: number } & (
  | { readonly kind: 'read'; readonly file: File; readonly ordinal: number }
  /** The columns by whose cells curves are told apart are others. */
  | { readonly kind: 'name'; readonly naming: readonly number[] }
  | { readonly kind: 'interpret'; readonly choice: ColumnChoice }
  /** Asks for the runs that were interpreted last. */
  | { readonly kind: 'take' }
);

export type LogMessage = { readonly id: number } & (
  | { readonly kind: 'progress'; readonly bytes: number }
  | { readonly kind: 'runs'; readonly runs: readonly RunData[] }
  | { readonly kind: 'log'; readonly outline: LogOutline; readonly reading: LogReading }
  | { readonly kind: 'reading'; readonly reading: LogReading }
  | { readonly kind: 'failed'; readonly failure: Failure }
);

export type OutlineColumn = Pick<
  ColumnFacts,
  'name' | 'numbers' | 'texts' | 'percents' | 'max' | 'whole' | 'hasZero'
>;

/** What a person has to see of a log to say what its columns mean. */
export interface LogOutline {
  readonly file: string;
  readonly rows: number;
  readonly isOurs: boolean;
  /** Names for people, of the columns that a choice is about. */
  readonly header: readonly string[];
  readonly columns: readonly OutlineColumn[];
  /** The columns of the file, and its first rows. */
  readonly sourceHeader: readonly string[];
  readonly preview: readonly PreviewRow[];
  /** Of the file's columns: those whose cells name the curves. */
  readonly naming: readonly number[];
  readonly notes: readonly string[];
  readonly guess: ColumnChoice;
}

/** What comes of a choice. */
export interface LogReading {
  readonly fault: string | null;
  /** A choice that mends the fault. */
  readonly offer: ColumnChoice | null;
  readonly notes: readonly string[];
  /** What a step means that comes again, and whether one does. */
  readonly again: Repeat;
  readonly hasRepeats: boolean;
  readonly runs: readonly LogRun[];
}

/** What an imported run amounts to; errors are shares, 0 to 1. */
export interface LogSummary {
  readonly points: number;
  readonly tests: number;
  readonly from: number;
  readonly to: number;
  readonly error: number | null;
  readonly loss: number | null;
  readonly testError: number | null;
}

export interface LogRun {
  readonly id: string;
  readonly name: string;
  readonly style: LaneStyle;
  readonly summary: LogSummary;
}
