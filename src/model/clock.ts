/** The only clock. Injected everywhere, so that tests decide what time it is. */
export interface Clock {
  /** Seconds since some fixed moment; never goes back. */
  seconds(): number;
}

export const systemClock: Clock = { seconds: () => performance.now() / 1000 };
