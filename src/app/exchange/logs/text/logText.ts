/** Text, in pieces as it comes from a file, to a table: of fields between delimiters, or of JSON. */
import { ImportError } from '../../../runs/codec/importError.ts';
import { logFaults as faults } from '../enLogFaults.ts';
import { logNotes as notes } from '../enLogNotes.ts';
import { CsvRows } from './csvRows.ts';
import { delimiterOf, type Delimiter } from './delimiterOf.ts';
import { JsonText } from './jsonText.ts';
import type { LogTable } from '../table/logTable.ts';
import { nameCurves, guessNaming } from '../columns/nameCurves.ts';
import { TableBuilder } from '../table/tableBuilder.ts';

/** Characters after which it is decided what a text is, and lines of it that are looked at. */
const BEGINNING = 65_536;
const LINES = 20;

/** What takes the text once it is known what it is. */
interface Taker {
  readonly push: (text: string, isLast: boolean) => void;
  readonly finish: () => LogTable;
}

export class LogText {
  #beginning = '';
  #taker: Taker | null = null;

  /** `file` stands in the messages. */
  constructor(readonly file: string) {}

  /** Throws {@link ImportError}. */
  push(text: string, isLast: boolean): void {
    if (this.#taker) {
      this.#taker.push(text, isLast);
      return;
    }
    this.#beginning += text;
    if (this.#beginning.length < BEGINNING && !isLast) return;
    const beginning = this.#beginning;
    this.#beginning = '';
    this.#taker = /^\s*[[{]/.test(beginning) ? new JsonText(this.file, beginning) : this.#table(beginning);
    this.#taker.push(beginning, isLast);
  }

  /** The table, its curves named by what names them. Throws {@link ImportError}. */
  finish(): LogTable {
    if (!this.#taker) throw new ImportError(faults.empty(this.file));
    const table = this.#taker.finish();
    return nameCurves(table, guessNaming(table));
  }

  #table(beginning: string): Taker {
    const lines = beginning.split(/\r\n|\r|\n/);
    const isSkipped = (line: string) => /^\s*(#|$)/.test(line);
    const separator = /^sep=(.)\s*$/.exec(lines[0] ?? '')?.[1];
    const begin = lines.findIndex((line, i) => !isSkipped(line) && (i > 0 || separator === undefined));
    if (begin < 0) throw new ImportError(faults.empty(this.file));
    const shown = lines.slice(begin, begin + LINES).filter((line) => !isSkipped(line));
    // Titles may stand above the table.
    const found = [0, 1, 2, 3].map((titles) => delimiterOf(shown.slice(titles)));
    const delimiter = isDelimiter(separator) ? separator : (found.find((one) => one !== null) ?? null);
    if (delimiter === null && /\S\s+\S/.test(shown[0] ?? '')) {
      throw new ImportError(faults.freeText(this.file, begin + 1, (shown[0] ?? '').trim()));
    }
    const comment = lines.slice(0, begin).findLast((line) => line.trim().startsWith('#')) ?? null;
    const builder = new TableBuilder(
      this.file,
      delimiter ?? ',',
      comment === null ? null : namesIn(comment, delimiter),
    );
    if (separator !== undefined) builder.note(notes.separatorLine);
    let isFirst = true;
    const rows = new CsvRows(delimiter ?? ',', begin + 1, this.file, (fields, line, isCut) =>
      builder.addRow(fields, line, isCut),
    );
    return {
      push(text, isLast) {
        rows.push(isFirst ? behind(text, begin) : text, isLast);
        isFirst = false;
      },
      finish: () => builder.finish(),
    };
  }
}

const isDelimiter = (mark: string | undefined): mark is Delimiter =>
  mark !== undefined && /^[,;\t|]$/.test(mark);

/** The names that a comment holds, between the table's delimiters or between blanks. */
function namesIn(comment: string, delimiter: Delimiter | null): readonly string[] {
  const text = comment.trim().replace(/^#+/, '').trim();
  const split = delimiter !== null && delimiter !== ' ' && text.includes(delimiter) ? delimiter : /\s+/;
  return text.split(split).map((name) => name.trim());
}

/** `text` without its first `lines` lines. */
function behind(text: string, lines: number): string {
  const ends = /\r\n|\r|\n/g;
  for (let i = 0; i < lines; i++) ends.exec(text);
  return text.slice(ends.lastIndex);
}
