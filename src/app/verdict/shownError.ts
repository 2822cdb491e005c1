/** An error as it is shown, to a tenth of a point; 0 to 1. */
export const shownError = (error: number): number => Math.round(1000 * error) / 1000;

/** The gap between two errors that are shown: whoever subtracts what they read comes to it. */
export const shownGap = ({ worse, better }: { readonly worse: number; readonly better: number }): number =>
  shownError(worse) - shownError(better);
