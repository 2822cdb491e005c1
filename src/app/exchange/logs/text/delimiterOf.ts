/** What separates the fields of a table. */

/** What may. The blank comes last: it stands in names and sentences too. */
export const delimiters = [',', ';', '\t', '|', ' '] as const;
export type Delimiter = (typeof delimiters)[number];

/**
 * The delimiter by the first lines of a table: the one that splits most of them into as many fields as the first, at least two;
 * then the one that makes most fields. Blanks only where nothing else does, and where numbers stand below the first line. Null if
 * nothing separates anything.
 */
export function delimiterOf(lines: readonly string[]): Delimiter | null {
  const [first, ...rest] = lines.map((line) => line.replaceAll(/"[^"]*"/g, '').trim());
  if (first === undefined) return null;
  let best: { readonly delimiter: Delimiter; readonly alike: number; readonly fields: number } | null = null;
  for (const delimiter of delimiters) {
    const fields = countOf(first, delimiter);
    if (fields < 2 || (delimiter === ' ' && (best !== null || !isOfNumbers(rest[0], fields)))) continue;
    const alike = rest.filter((line) => countOf(line, delimiter) === fields).length;
    const isBetter = best === null || alike > best.alike || (alike === best.alike && fields > best.fields);
    if (isBetter) best = { delimiter, alike, fields };
  }
  return best?.delimiter ?? null;
}

const countOf = (line: string, delimiter: Delimiter) =>
  delimiter === ' ' ? line.split(/\s+/).length : line.split(delimiter).length;

/** Whether a line is of `fields` fields between blanks, at least half of them numbers. */
function isOfNumbers(line: string | undefined, fields: number): boolean {
  const parts = line?.split(/\s+/) ?? [];
  const numbers = parts.filter((part) => part.length < 64 && !Number.isNaN(Number(part))).length;
  return parts.length === fields && 2 * numbers >= fields;
}
