/** Rows of text to the columns of a table: finds the line of names, leaves out what is no row, checks widths. */
import { ImportError } from '../../../runs/codec/importError.ts';
import { runColumns } from '../../../runs/codec/runsCsv.ts';
import { logFaults as faults } from '../enLogFaults.ts';
import { logNotes as notes } from '../enLogNotes.ts';
import { ColumnBuilder } from './column.ts';
import type { LogTable, PreviewRow } from './logTable.ts';
import { formatOf, isEmptyCell, plainFormat, readNumberCell, type NumberFormat } from './numberFormat.ts';

/** Wider tables are refused, and so are tables of more cells: nine bytes each. */
export const MOST_COLUMNS = 1000;
export const MOST_CELLS = 25_000_000;
/** Rows that are looked at before it is decided which line names the columns and how numbers are written. */
const SAMPLE = 200;
const PREVIEW_ROWS = 5;
const PREVIEW_CHARACTERS = 40;

interface Row {
  readonly fields: readonly string[];
  readonly line: number;
  readonly isCut: boolean;
}

/** A value of a record: numbers need no reading. */
export type Value = string | number | null;

export class TableBuilder {
  readonly #columns: ColumnBuilder[] = [];
  readonly #indexOf = new Map<string, number>();
  readonly #preview: PreviewRow[] = [];
  #lines = new Int32Array(256);
  #length = 0;
  /** Rows that wait until the names are known; null afterwards. */
  #waiting: Row[] | null = [];
  /** The column of each field. */
  #fields: readonly number[] = [];
  /** Fields up to the last that has a name. */
  #named = 0;
  #format: NumberFormat = plainFormat;
  #skipped = { comments: 0, names: 0, line: 0 };
  readonly #notes: string[] = [];

  /** `comment` is the line of names that a `#` hides, if there may be one. */
  constructor(
    readonly file: string,
    readonly delimiter: string,
    readonly comment: readonly string[] | null,
  ) {}

  note(sentence: string): void {
    this.#notes.push(sentence);
  }

  /** Throws {@link ImportError}. */
  addRow(fields: readonly string[], line: number, isCut: boolean): void {
    const first = fields.find((field) => field !== '');
    if (first === undefined) return;
    if (first.startsWith('#') && !isEmptyCell(first)) {
      this.#skipped.comments++;
      return;
    }
    if (!this.#waiting) this.#addValues(fields, line, isCut);
    else if (!fields.every(isEmptyCell)) {
      this.#waiting.push({ fields, line, isCut });
      if (this.#waiting.length === SAMPLE) this.#begin(this.#waiting);
    }
  }

  /** A row whose values have names of their own. */
  addRecord(record: ReadonlyMap<string, Value>, line: number): void {
    this.#waiting = null;
    for (const [name, value] of record) {
      const column = this.#columnOf(name, line);
      if (value === null) continue;
      if (typeof value === 'number') column.setNumber(this.#length, value);
      else column.set(this.#length, value, plainFormat);
    }
    this.#endRow(line, () => this.#columns.map(({ name }) => String(record.get(name) ?? '')));
  }

  finish(): LogTable {
    if (this.#waiting) this.#begin(this.#waiting);
    if (this.#length === 0) throw new ImportError(faults.empty(this.file));
    const { comments, names, line } = this.#skipped;
    if (comments > 0) this.#notes.push(notes.comments(comments));
    if (names > 0) this.#notes.push(notes.namesAgain(names, line));
    if (this.#format.decimal === ',') this.#notes.push(notes.decimalComma);
    else if (this.#format.grouped) this.#notes.push(notes.thousands);
    const all = this.#columns.map((column) => column.finish());
    const isFilled = all.map(({ name, numbers, texts }) => name !== '' || numbers + texts > 0);
    const columns = all.filter((_, i) => isFilled[i]);
    return {
      file: this.file,
      columns,
      header: columns.map(({ name }, i) => (name === '' ? notes.unnamed(i + 1) : name)),
      length: this.#length,
      lines: this.#lines.subarray(0, this.#length),
      preview: this.#preview.map((row) => ({ ...row, fields: row.fields.filter((_, i) => isFilled[i]) })),
      isOurs: runColumns.every((name, i) => columns[i]?.name === name),
      notes: this.#notes,
      naming: [],
      source: null,
    };
  }

  /** Finds the names among the first rows, and reads these. */
  #begin(rows: readonly Row[]): void {
    this.#waiting = null;
    const [first, ...others] = this.#withoutPreface(rows);
    if (!first) throw new ImportError(faults.empty(this.file));
    const format = this.#sampled(rows);
    const isNumber = (field: string) => isEmptyCell(field) || readNumberCell(field, format) !== null;
    const hasNames = !first.fields.every(isNumber);
    const { comment } = this;
    const isHidden = !hasNames && comment?.length === first.fields.filter((field) => field !== '').length;
    if (hasNames) this.#refuseValues(first, others, isNumber);
    else if (!isHidden) throw new ImportError(faults.noHeader(this.file, first.line));
    const names = hasNames ? first.fields.map((name) => name.trim()) : comment!;
    if (isHidden) this.#notes.push(notes.namesInComment);
    this.#name(names, first.line);
    const values = hasNames ? others : [first, ...others];
    this.#format = this.#sampled(values);
    for (const { fields, line, isCut } of values) this.#addValues(fields, line, isCut);
  }

  #sampled = (rows: readonly Row[]) =>
    formatOf(
      rows.flatMap(({ fields }) => fields),
      this.delimiter,
    );

  /** The rows without titles above the table: lines of one field where the table has several. */
  #withoutPreface(rows: readonly Row[]): readonly Row[] {
    const widthOf = ({ fields }: Row) => fields.findLastIndex((field) => field.trim() !== '') + 1;
    const begin = rows.findIndex((row) => widthOf(row) > 1);
    if (begin <= 0) return rows;
    this.#notes.push(notes.preface(begin));
    return rows.slice(begin);
  }

  /** A first line that is made like the next, numbers at the same places, names nothing. */
  #refuseValues({ fields, line }: Row, [next]: readonly Row[], isNumber: (field: string) => boolean): void {
    const clipped = fields.map((field) => field.slice(0, 200));
    if (!next || !clipped.some((field) => /\d/.test(field))) return;
    const kinds = (row: readonly string[]) =>
      row.map((field) => (isEmptyCell(field) ? '' : isNumber(field))).join();
    if (
      fields.some((field) => isNumber(field) && !isEmptyCell(field)) &&
      kinds(fields) === kinds(next.fields)
    ) {
      throw new ImportError(faults.noHeader(this.file, line));
    }
    const shape = (row: readonly string[]) =>
      row.map((field) => field.slice(0, 200).replaceAll(/\d+/g, '0')).join();
    if (shape(fields) !== shape(next.fields) || fields.join() === next.fields.join()) return;
    throw new ImportError(faults.freeText(this.file, line, fields.join(this.delimiter).trim()));
  }

  #name(names: readonly string[], line: number): void {
    this.#named = names.findLastIndex((name) => name !== '') + 1;
    const seen = new Map<string, number>();
    this.#fields = names.map((name, i) => {
      // A name that stands twice is of two columns.
      const times = (seen.get(name) ?? 0) + 1;
      seen.set(name, times);
      if (name === '') return this.#newColumn('', `\0${i}`, line);
      return this.#columnAt(times === 1 ? name : `${name} (${times})`, line);
    });
  }

  #columnAt(name: string, line: number): number {
    return this.#indexOf.get(name) ?? this.#newColumn(name, name, line);
  }
  #columnOf = (name: string, line: number) => this.#columns[this.#columnAt(name, line)]!;

  #newColumn(name: string, key: string, line: number): number {
    if (this.#columns.length === MOST_COLUMNS)
      throw new ImportError(faults.wide(this.file, line, MOST_COLUMNS));
    this.#indexOf.set(key, this.#columns.length);
    return this.#columns.push(new ColumnBuilder(name)) - 1;
  }

  #addValues(fields: readonly string[], line: number, isCut: boolean): void {
    if (this.#isNamesAgain(fields)) {
      this.#skipped.names++;
      this.#skipped.line ||= line;
      this.#name(
        fields.map((name) => name.trim()),
        line,
      );
      return;
    }
    if (fields.length !== this.#fields.length && !this.#isWidthMeant(fields)) {
      if (!isCut) throw new ImportError(faults.ragged(this.file, line, fields.length, this.#fields.length));
      this.#notes.push(notes.cut(line));
      return;
    }
    const row = this.#length;
    let isFilled = false;
    const count = Math.min(fields.length, this.#fields.length);
    for (let i = 0; i < count; i++) {
      const field = fields[i]!;
      if (field === '') continue;
      const isSet = this.#columns[this.#fields[i]!]!.set(row, field, this.#format);
      isFilled ||= isSet;
    }
    if (isFilled) this.#endRow(line, () => fields);
  }

  /** Whether a row lacks only fields that have no name, or has more of which none is filled. */
  #isWidthMeant(fields: readonly string[]): boolean {
    return fields.length >= this.#named && fields.slice(this.#fields.length).every(isEmptyCell);
  }

  /** The line of names once more, maybe with other columns: a program was started again and went on in the file. */
  #isNamesAgain(fields: readonly string[]): boolean {
    const first = fields.find((field) => field !== '');
    if (first === undefined || !this.#indexOf.has(first.trim())) return false;
    const filled = fields.map((field) => field.trim()).filter((field) => field !== '');
    const known = filled.filter((field) => this.#indexOf.has(field));
    const isText = filled.every((field) => readNumberCell(field, this.#format) === null);
    return isText && 2 * known.length >= filled.length && new Set(filled).size === filled.length;
  }

  #endRow(line: number, shown: () => readonly string[]): void {
    if (this.#length === this.#lines.length) {
      const lines = new Int32Array(2 * this.#length);
      lines.set(this.#lines);
      this.#lines = lines;
      if (this.#length * this.#columns.length > MOST_CELLS) {
        throw new ImportError(faults.manyCells(this.file, MOST_CELLS));
      }
    }
    if (this.#preview.length < PREVIEW_ROWS) {
      const fields = shown().map((field) =>
        field.length > PREVIEW_CHARACTERS ? `${field.slice(0, PREVIEW_CHARACTERS)}\u2026` : field,
      );
      this.#preview.push({ line, fields });
    }
    this.#lines[this.#length++] = line;
  }
}
