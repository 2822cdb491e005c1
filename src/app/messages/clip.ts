/** Text of a file in a message: its beginning, so that no message is longer than a person reads. */
export const clip = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most)}\u2026` : text;
