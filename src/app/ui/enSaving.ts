/** What is said of a file that was saved. */
import { integer, sentence } from './format.ts';

export const saving = {
  saved: (file: string) => `${file} is saved.`,
  /** Weights that are gone but for a kept moment. */
  savedAt: (file: string, step: number | null) =>
    step === null
      ? saving.saved(file)
      : `${file} is saved: the weights after step ${integer(step)}, the last that were kept in this browser.`,
  failed: (what: string, why: string) =>
    `${what} could not be saved: ${sentence(why)} Nothing on this page has changed; try again.`,
};
