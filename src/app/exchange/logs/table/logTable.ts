/** The table in a file that another program logged. */
import type { Column } from './column.ts';

export interface LogTable {
  /** For the messages, and for runs without a name of their own. */
  readonly file: string;
  /** Names of columns for people: what stands in the file, or "column 3" where it says none. */
  readonly header: readonly string[];
  readonly columns: readonly Column[];
  /** Rows of values: names, comments and blank lines are none. */
  readonly length: number;
  /** The line of the file at which each row begins, from 1. */
  readonly lines: Int32Array;
  /** The first rows as they stand in the file, as far as each column goes. */
  readonly preview: readonly PreviewRow[];
  /** Whether this page wrote it: nothing needs guessing. */
  readonly isOurs: boolean;
  /** What was skipped or read in a way that a person may want to know, one sentence each. */
  readonly notes: readonly string[];
  /** Columns of the file by whose cells curves are told apart, and that file's table; none, and null, where every column is a curve. */
  readonly naming: readonly number[];
  readonly source: LogTable | null;
}

export interface PreviewRow {
  readonly line: number;
  readonly fields: readonly string[];
}
