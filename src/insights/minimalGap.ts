/** The least gap between two errors that is worth a sentence: two percentage points. */
export const MINIMAL_GAP = 0.02;
