/** The only clock. Injected everywhere, so that tests decide what time it is. */
export interface Clock {
  /** Seconds since some fixed moment; never goes back. */
  seconds(): number;
}

/** What time it is for people: it may be set back, and two computers differ. */
export type WallClock = () => number;

/** Milliseconds since 1970. */
export const systemWallClock: WallClock = () => Date.now();

export const systemClock: Clock = { seconds: () => performance.now() / 1000 };
