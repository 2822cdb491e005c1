/** What is wrong with a file that a person imports, where, and what to do. */
import type { Unit } from './columns/columnChoice.ts';
import { cut } from '../../../model/boundedText.ts';
import { integer, megabytes } from '../../ui/format.ts';

const shown = (cell: string) => `\u201c${cut(cell, 30)}\u201d`;

const quotes = {
  open: 'opens a quote that is never closed',
  behind: 'has text behind a closing quote',
};

const units: Record<Unit, string> = {
  step: 'steps are whole numbers from 0. Choose the column that counts steps, or say that it counts epochs',
  epoch: 'that makes no whole step from 0. Say whether it counts from 0, and how many steps an epoch has',
  stepOfEpoch:
    'that makes no whole step from 0. Choose the column of the epochs under More columns, and say how many steps an epoch has',
};

/** A file of another kind. */
export const fileFaults = {
  notText: (file: string) => `${file} is no text file. Choose a table or a JSON file.`,
  binary: {
    archive: (file: string) =>
      `${file} is an archive or an Excel workbook. Save the sheet as CSV, or unpack the archive, and choose that.`,
    compressed: (file: string) => `${file} is compressed. Unpack it and choose what was in it.`,
    database: (file: string) => `${file} is a database (SQLite). Export its metrics as CSV and choose that.`,
    tensorboard: (file: string) =>
      `${file} holds TensorBoard\u2019s events. Open it in TensorBoard, download each curve as CSV, and choose that.`,
    oldExcel: (file: string) => `${file} is an old Excel workbook. Save the sheet as CSV and choose that.`,
    arrays: (file: string) =>
      `${file} holds arrays or objects of another program (HDF5, pickle, NumPy, Parquet). Write them as CSV, such as with pandas\u2019 to_csv, and choose that.`,
    picture: (file: string) => `${file} is a picture or a document. Choose a table or a JSON file.`,
    web: (file: string) => `${file} is a web page. Download the table behind it as CSV and choose that.`,
  },
  large: (file: string, bytes: number, most: number) =>
    `${file} has ${megabytes(bytes)} MB, and at most ${megabytes(most)} MB are read. Keep fewer rows or columns of it, and choose it again.`,
  unread: (file: string) =>
    `${file} could not be read: it was moved, changed or locked since it was chosen. Choose it again.`,
};

export const logFaults = {
  empty: (file: string) =>
    `${file} has no rows below a line of names. Choose a table of at least two lines, as text.`,
  noHeader: (file: string, line: number) =>
    `${file} begins with numbers: line ${integer(line)} should name the columns, such as step,loss,accuracy. Add such a line.`,
  freeText: (file: string, line: number, text: string) =>
    `${file} holds lines of text, not a table: no commas, semicolons or tabs in it separate columns that have names, and line ${integer(line)} reads ${shown(text)}. Write its numbers into a table whose first line names the columns, such as step,loss,accuracy, and choose that.`,
  noJson: (file: string) =>
    `${file} begins as JSON and is none, or was cut short. Write it once more, or make a table of it whose first line names the columns, such as step,loss,accuracy.`,
  noRecords: (file: string) =>
    `${file} holds JSON, but neither runs of this page nor a list of records such as [{"step": 1, "loss": 2.3}]. Choose a file that \u201cRuns as JSON\u201d saved, or write the log as a table or as one JSON object a line.`,
  ragged: (file: string, line: number, fields: number, names: number) =>
    `Line ${integer(line)} of ${file} has ${integer(fields)} fields, and the line of names has ${integer(names)}. Mend that line, or cut the file there, and choose it again.`,
  quote: (file: string, kind: keyof typeof quotes, line: number) =>
    `Line ${integer(line)} of ${file} ${quotes[kind]}. Mend that line and choose the file again.`,
  longRow: (file: string, line: number, most: number) =>
    `Line ${integer(line)} of ${file} has more than ${integer(most)} characters: that is no row of a log. Write a row for each step, and choose the file again.`,
  wide: (file: string, line: number, most: number) =>
    `Line ${integer(line)} of ${file} names more than ${integer(most)} columns, and no more are read. Keep the columns that matter, and choose the file again.`,
  manyCells: (file: string, most: number) =>
    `${file} has more than ${integer(most)} cells, and no more are read. Keep fewer rows or columns of it, and choose it again.`,
  manyCurves: (file: string, most: number) =>
    `That column of ${file} has more than ${integer(most)} different cells: they name no curves. Choose another column, or none.`,
  noNumber: (file: string, line: number, column: string, cell: string) =>
    `Line ${integer(line)} of ${file} has ${shown(cell)} in the column ${shown(column)}, which is no number. Choose another column, or mend that line.`,
  noShare: (file: string, line: number, column: string, cell: string) =>
    `Line ${integer(line)} of ${file} has ${shown(cell)} in the column ${shown(column)}, which is no share of images as you chose it. Say whether it is in %, and an error or an accuracy.`,
  noStep: (file: string, line: number, column: string, cell: string, unit: Unit) =>
    `Line ${integer(line)} of ${file} has ${shown(cell)} in the column ${shown(column)}: ${units[unit]}.`,
  noSteps: 'That makes no whole steps. Say how many steps an epoch has.',
  /** `place` is the step as it stands in the file; `epoch` a column that may count instead. */
  twice: (file: string, line: number, run: string, place: string, column: string, epoch: string | null) =>
    `Line ${integer(line)} of ${file} tells ${shown(column)} of ${shown(run)} at step ${cut(place, 30)} once more, so it stands there twice. ` +
    (epoch === null
      ? 'If the file holds several runs, choose the column that tells them apart; else say below what a step means that comes again.'
      : `Let the column ${shown(epoch)} count instead, or say below what a step means that comes again.`),
  noPlace: 'Choose the column that counts steps or epochs.',
  noCurve: 'Choose at least one column of errors, accuracies or losses.',
  noColumns: 'Choose at least one column to draw.',
  manyRuns: (most: number) =>
    `That makes more than ${integer(most)} runs. Choose a column that names runs, or take fewer.`,
};
