/** Comma-separated values by RFC 4180: records end in CRLF, fields with a comma, a quote or a line break are quoted. */

export function writeCsv(records: readonly (readonly string[])[]): string {
  return records.map((fields) => `${fields.map(quoted).join(',')}\r\n`).join('');
}

const quoted = (field: string) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);

/**
 * A text that a spreadsheet will not take for a formula: an apostrophe before it where it begins with =, +, -, @, a tab or a carriage
 * return, or with apostrophes before one of these. Not for numbers.
 */
export const escapeText = (text: string): string => (/^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/** The inverse of {@link escapeText}. */
export const unescapeText = (text: string): string => (/^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text);
