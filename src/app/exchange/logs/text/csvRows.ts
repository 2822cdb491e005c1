/** Text in pieces to the rows of a table, by papaparse. */
import Papa from 'papaparse';
import * as v from 'valibot';
import { ImportError } from '../../../runs/codec/importError.ts';
import { logFaults as faults } from '../enLogFaults.ts';
import type { Delimiter } from './delimiterOf.ts';

/** A quote that is never closed makes the rest of a file one row: nobody logs rows of more characters than these. */
const LONGEST_ROW = 4_000_000;

/** Characters that are parsed at a time: their rows are garbage before it becomes dear to collect. */
const AT_A_TIME = 100_000;

/** What papaparse's parser gives: its types leave that open. */
const resultSchema = v.object({
  data: v.custom<string[][]>(Array.isArray),
  errors: v.array(v.object({ code: v.string(), row: v.optional(v.number()) })),
  meta: v.object({ cursor: v.number() }),
});

export class CsvRows {
  #rest = '';
  /** The line at which `#rest` begins. */
  #line: number;
  readonly #parser: Papa.Parser;
  readonly #blanks: boolean;

  /** `line` is that of the first row; `file` stands in the messages. */
  constructor(
    delimiter: Delimiter,
    line: number,
    readonly file: string,
    /** `isCut`: no line end stands behind the row. */
    readonly onRow: (fields: readonly string[], line: number, isCut: boolean) => void,
  ) {
    this.#line = line;
    this.#blanks = delimiter === ' ';
    this.#parser = new Papa.Parser({ delimiter, newline: '\n', quoteChar: '"' });
  }

  /** Throws {@link ImportError} where a quote is not closed, or closed in the middle of a field. */
  push(text: string, isLast: boolean): void {
    for (let at = 0; at < text.length || at === 0; at += AT_A_TIME) {
      this.#parse(text.slice(at, at + AT_A_TIME), isLast && at + AT_A_TIME >= text.length);
    }
  }

  #parse(text: string, isLast: boolean): void {
    const joined = this.#rest + text;
    // A line end may be cut in two.
    const held = !isLast && joined.endsWith('\r') ? 1 : 0;
    const piece = this.#unified(joined.slice(0, joined.length - held));
    if (piece === '') return;
    const { data, errors, meta } = v.parse(resultSchema, this.#parser.parse(piece, 0, !isLast));
    const done = isLast ? piece.length : meta.cursor;
    const hasQuotes = piece.includes('"');
    const [error] = errors;
    for (let i = 0; i < data.length; i++) {
      const fields = data[i]!;
      if (error?.row === i) this.#refuse(error.code);
      this.onRow(fields, this.#line, isLast && i === data.length - 1);
      this.#line += 1 + (hasQuotes ? lineEndsIn(fields) : 0);
    }
    this.#rest = piece.slice(done) + joined.slice(joined.length - held);
    if (this.#rest.length <= LONGEST_ROW) return;
    // A quote that the next piece might have closed.
    if (this.#rest.includes('"')) this.#refuse(error?.code ?? 'MissingQuotes');
    throw new ImportError(faults.longRow(this.file, this.#line, LONGEST_ROW));
  }

  /** One kind of line end outside of quotes; in a table of blanks one between two fields. */
  #unified(text: string): string {
    const lines = !text.includes('\r')
      ? text
      : text.includes('"')
        ? text.replaceAll(/"[^"]*(?:"|$)|\r\n?/g, (found) => (found.startsWith('"') ? found : '\n'))
        : text.replaceAll(/\r\n?/g, '\n');
    if (!this.#blanks) return lines;
    return lines.replaceAll(/[^\S\n]+/g, ' ').replaceAll(/^ | $/gm, '');
  }

  #refuse(code: string): never {
    const kind = code === 'MissingQuotes' ? 'open' : 'behind';
    throw new ImportError(faults.quote(this.file, kind, this.#line));
  }
}

function lineEndsIn(fields: readonly string[]): number {
  let ends = 0;
  for (const field of fields) {
    if (/[\r\n]/.test(field)) ends += field.split(/\r\n|\r|\n/).length - 1;
  }
  return ends;
}
