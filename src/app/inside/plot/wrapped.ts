/** A text in lines of at most so many letters, broken at blanks; a longer word has a line of its own. */
export function wrapped(text: string, most: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Pixels that a letter of a panel's title, and of its other words, takes on average, rather more than less. */
export const TITLE_LETTER = 6.4;
export const TICK_LETTER = 5.8;
/** And a digit, which is as wide as any other. */
export const DIGIT = 6.8;

/** Words of a picture in as many lines as they need where there are so many pixels. */
export const tickLines = (texts: readonly string[], width: number): readonly string[] =>
  texts.flatMap((text) => wrapped(text, Math.floor(width / TICK_LETTER)));
