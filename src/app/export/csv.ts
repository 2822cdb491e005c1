/** Comma-separated values by RFC 4180: records end in CRLF, fields with a comma, a quote or a line break are quoted. */

/** A table that cannot be read; the message says in which line and what is wrong there. */
export class CsvError extends Error {
  override readonly name = 'CsvError';
}

export function writeCsv(records: readonly (readonly string[])[]): string {
  return records.map((fields) => `${fields.map(quoted).join(',')}\r\n`).join('');
}

const quoted = (field: string) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);

/**
 * The records of a table. Lines may end in CRLF, LF or CR; the last may lack its end; a byte order mark is skipped.
 * Throws {@link CsvError} for a quote that is never closed, or stands where none may.
 */
export function parseCsv(text: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  let fields: string[] = [];
  let line = 1;
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    const { field, next } = text[at] === '"' ? quotedField(text, at, line) : plainField(text, at, line);
    line += field.split('\n').length - 1;
    fields.push(field);
    at = next;
    if (text[at] === ',') {
      at++;
      if (at === text.length) fields.push('');
      else continue;
    } else if (text.startsWith('\r\n', at)) at += 2;
    else at++;
    line++;
    records.push(fields);
    fields = [];
  }
  if (fields.length > 0) records.push(fields);
  return records;
}

function plainField(text: string, from: number, line: number): { field: string; next: number } {
  let next = from;
  while (next < text.length && !',\r\n'.includes(text[next]!)) {
    if (text[next] === '"') throw new CsvError(`Line ${line} has a quote inside a field that is not quoted.`);
    next++;
  }
  return { field: text.slice(from, next), next };
}

function quotedField(text: string, from: number, line: number): { field: string; next: number } {
  let end = from + 1;
  for (;;) {
    end = text.indexOf('"', end);
    if (end < 0) throw new CsvError(`Line ${line} opens a quote that is never closed.`);
    if (text[end + 1] !== '"') break;
    end += 2;
  }
  const next = end + 1;
  if (next < text.length && !',\r\n'.includes(text[next]!)) {
    throw new CsvError(`Line ${line} has text behind a closing quote.`);
  }
  return { field: text.slice(from + 1, end).replaceAll('""', '"'), next };
}
