/** What is said of a file that was saved. */
import { sentence } from './format.ts';

export const saving = {
  saved: (file: string) => `${file} is saved.`,
  failed: (what: string, why: string) =>
    `${what} could not be saved: ${sentence(why)} Nothing on this page has changed; try again.`,
};
