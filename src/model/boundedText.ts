/** Messages about what stood in a file or an address stay readable, whatever stood there. */

/** A message never has more characters than this. */
export const LONGEST_MESSAGE = 900;

export const cut = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1)}\u2026` : text;

/** As many lines as make {@link LONGEST_MESSAGE}, and how many more there are. */
export function linesWithin(lines: readonly string[]): string {
  let length = 0;
  const fitting = lines.filter((line) => (length += line.length + 1) <= LONGEST_MESSAGE);
  const more = lines.length - fitting.length;
  return [...fitting, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}
