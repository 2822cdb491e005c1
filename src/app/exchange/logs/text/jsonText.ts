/** JSON to a table: objects one a line, or one document that holds a list of them or lists of numbers. */
import { ImportError } from '../../../runs/codec/importError.ts';
import { logFaults as faults } from '../enLogFaults.ts';
import { logNotes as notes } from '../enLogNotes.ts';
import { isRecord, parseJson } from './parseJson.ts';
import type { LogTable } from '../table/logTable.ts';
import { eventRecord } from './ownEvents.ts';
import { recordsOf } from './recordsOf.ts';
import { TableBuilder, type Value } from '../table/tableBuilder.ts';

/** Levels of objects in objects whose values become columns. */
const DEEPEST = 4;

export class JsonText {
  readonly #builder: TableBuilder;
  readonly #isLines: boolean;
  #rest: string[] = [];
  #line = 1;
  #skipped = 0;
  #isOwn = false;

  /** `beginning` decides whether each line is an object of its own; it is to be pushed too. */
  constructor(
    readonly file: string,
    beginning: string,
  ) {
    this.#builder = new TableBuilder(file, '', null);
    const [first = '', second = ''] = beginning.trimStart().split(/\r\n|\r|\n/);
    this.#isLines = isRecord(parseJson(first)) && second !== '';
  }

  /** Throws {@link ImportError}. */
  push(text: string, isLast: boolean): void {
    if (!this.#isLines) {
      this.#rest.push(text);
      return;
    }
    const lines = [...this.#rest, text].join('').split('\n');
    this.#rest = isLast ? [] : lines.splice(-1);
    for (const [i, line] of lines.entries()) this.#addLine(line, isLast && i === lines.length - 1);
  }

  finish(): LogTable {
    const builder = this.#builder;
    if (this.#isLines) builder.note(this.#isOwn ? notes.ownEvents : notes.jsonLines);
    else this.#addDocument();
    if (this.#skipped > 0) builder.note(notes.noObjects(this.#skipped));
    return builder.finish();
  }

  #addLine(text: string, isLast: boolean): void {
    const line = this.#line++;
    if (text.trim() === '') return;
    const value = parseJson(text);
    if (value === undefined && isLast) this.#builder.note(notes.cut(line));
    else if (isRecord(value)) this.#addRecord(value, line);
    else this.#skipped++;
  }

  #addRecord(record: Readonly<Record<string, unknown>>, line: number): void {
    const event = eventRecord(record, this.file);
    if (event) this.#isOwn = true;
    if (event !== 'other') this.#builder.addRecord(event ?? flattened(record), line);
  }

  #addDocument(): void {
    const value = parseJson(this.#rest.join(''));
    this.#rest = [];
    if (value === undefined) throw new ImportError(faults.noJson(this.file));
    const found = recordsOf(value);
    if (!found) throw new ImportError(faults.noRecords(this.file));
    this.#builder.note(notes.jsonRecords(found.place));
    for (const [i, record] of found.records.entries()) this.#addRecord(record, i + 1);
  }
}

/** The values of a record, those of objects in it under names with points. Lists are no values of a curve. */
function flattened(record: Readonly<Record<string, unknown>>): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>();
  const add = (part: Readonly<Record<string, unknown>>, prefix: string, depth: number) => {
    for (const [key, value] of Object.entries(part)) {
      const name = `${prefix}${key}`;
      if (typeof value === 'number' || typeof value === 'string' || value === null) values.set(name, value);
      else if (typeof value === 'boolean') values.set(name, String(value));
      else if (isRecord(value) && depth < DEEPEST) add(value, `${name}.`, depth + 1);
    }
  };
  add(record, '', 1);
  return values;
}
