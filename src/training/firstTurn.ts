/** Waits for a lane's turn to begin, or for the abort, and gives what ends the turn. */
export type TakeTurn = (abort: AbortSignal) => Promise<() => void>;

/** Milliseconds for which a lane in its turn may wait for its first batch: late data keep no other lane from beginning. */
const PATIENCE = 100;

/** A session's turn to begin: lanes that share a processor compile and take their first step one after the other. */
export class FirstTurn {
  private readonly abort = new AbortController();
  private release: (() => void) | undefined;

  /** Without `take` there is nothing to wait for. */
  constructor(private readonly take: TakeTurn | undefined) {}

  async begin(): Promise<void> {
    this.release = await this.take?.(this.abort.signal);
    if (this.abort.signal.aborted) this.end();
  }

  /** `batch`, for which the turn is kept a little while. */
  async waitFor<T>(batch: Promise<T>): Promise<T> {
    if (!this.release) return batch;
    const late = setTimeout(() => this.end(), PATIENCE);
    try {
      return await batch;
    } finally {
      clearTimeout(late);
    }
  }

  end(): void {
    this.release?.();
    this.release = undefined;
  }

  /** Ends it, or the wait for it. */
  giveUp(): void {
    this.abort.abort();
    this.end();
  }
}
