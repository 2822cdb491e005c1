/**
 * How long anything is waited for, in seconds, and what happens then. Nothing is waited for without a word, and nothing that is only
 * slow is ended but by a person.
 */
export const deadlines = {
  /** A request that has brought no byte for so long is given up, and counts as a network that does not answer. */
  request: 15,
  /** Pauses before a file that the network keeps back is asked for again; the last one repeats. */
  pauses: [1, 2, 4, 8, 15, 30],
  /** Attempts at such a file, twenty minutes and more; then those that wait for it are told that it cannot be had. */
  attempts: 45,
  /** Between two looks at the workers. */
  look: 5,
  /** A worker that has owed an answer for so long is said to be silent. It may be at a long step: it is not ended. */
  silence: 20,
  /** A lane that has not ended so long after Stop is ended by terminating its worker. */
  stop: 3.5,
  /** A lane that is over and has owed its weights for so long is let go without them. */
  weights: 60,
} as const;

/** Seconds before the attempt that follows on attempt `attempt`, from 1. */
export const pauseAfter = (attempt: number): number =>
  deadlines.pauses[Math.min(attempt, deadlines.pauses.length) - 1]!;
