/** Comma-separated values by RFC 4180: records end in CRLF, fields with a comma, a quote or a line break are quoted. */

/** A table that cannot be read. */
export class CsvError extends Error {
  override readonly name = 'CsvError';
  constructor(
    /** `open`: a quote is never closed. `behind`: text behind a closing quote. `inside`: a quote in a field without quotes. */
    readonly kind: 'open' | 'behind' | 'inside',
    readonly line: number,
  ) {
    super(`${kind} quote in line ${line}`);
  }
}

export const delimiters = [',', ';', '\t'] as const;
export type Delimiter = (typeof delimiters)[number];

export interface CsvRecord {
  /** Where it begins, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

export function writeCsv(records: readonly (readonly string[])[]): string {
  return records.map((fields) => `${fields.map(quoted).join(',')}\r\n`).join('');
}

const quoted = (field: string) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);

/** The delimiter that splits the first record into most fields; the comma where none does. */
export function delimiterOf(text: string): Delimiter {
  const first = text.replace(/^\uFEFF/, '').replaceAll(/"[^"]*"/g, '').split(/[\r\n]+/).find(Boolean) ?? ''; // prettier-ignore
  const count = (delimiter: Delimiter) => first.split(delimiter).length;
  return delimiters.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}

/**
 * The records of a table. Lines may end in CRLF, LF or CR; the last may lack its end; a byte order mark is skipped.
 * Throws {@link CsvError}.
 */
export function parseCsv(text: string, delimiter: Delimiter = ','): readonly CsvRecord[] {
  const records: CsvRecord[] = [];
  let fields: string[] = [];
  let [line, begun] = [1, 1];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  const ends = `${delimiter}\r\n`;
  while (at < text.length) {
    const read = text[at] === '"' ? quotedField : plainField;
    const { field, next } = read(text, at, line, ends);
    line += field.split(/\r\n|\r|\n/).length - 1;
    fields.push(field);
    at = next;
    if (text[at] === delimiter) {
      at++;
      if (at === text.length) fields.push('');
      else continue;
    } else if (text.startsWith('\r\n', at)) at += 2;
    else at++;
    line++;
    records.push({ line: begun, fields });
    fields = [];
    begun = line;
  }
  return records;
}

interface Field {
  readonly field: string;
  readonly next: number;
}

function plainField(text: string, from: number, line: number, ends: string): Field {
  let next = from;
  while (next < text.length && !ends.includes(text[next]!)) {
    if (text[next] === '"') throw new CsvError('inside', line);
    next++;
  }
  return { field: text.slice(from, next), next };
}

function quotedField(text: string, from: number, line: number, ends: string): Field {
  let end = from + 1;
  for (;;) {
    end = text.indexOf('"', end);
    if (end < 0) throw new CsvError('open', line);
    if (text[end + 1] !== '"') break;
    end += 2;
  }
  const next = end + 1;
  if (next < text.length && !ends.includes(text[next]!)) throw new CsvError('behind', line);
  return { field: text.slice(from + 1, end).replaceAll('""', '"'), next };
}
