/** Labels that a person gives to runs. */

/** As many and as long as are stored of a run. */
export const MOST_TAGS = 20;
export const MOST_TAG = 40;
export const MOST_NOTE = 10_000;

/** Without blanks around, and without a second of the same. */
export const cleanTags = (tags: readonly string[]): readonly string[] =>
  [...new Set(tags.map((tag) => tag.trim().replace(/\s+/g, ' ').slice(0, MOST_TAG).trim()))]
    .filter((tag) => tag !== '')
    .slice(0, MOST_TAGS);

/** Of a list with commas between: "baseline, to show". */
export const tagsIn = (text: string): readonly string[] => cleanTags(text.split(','));
