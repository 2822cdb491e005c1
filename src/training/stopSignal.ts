/** Whether a run is to end, and why: asked for by a person, or because of what failed elsewhere. */
export class StopSignal {
  readonly #waiting = new Set<() => void>();
  #raised = false;
  #failure: Error | null = null;

  get raised(): boolean {
    return this.#raised;
  }

  /** What failed elsewhere; null if a person stopped the run. */
  get failure(): Error | null {
    return this.#failure;
  }

  /** The first call counts. */
  raise(failure: Error | null): void {
    if (this.#raised) return;
    this.#raised = true;
    this.#failure = failure;
    for (const end of [...this.#waiting]) end();
  }

  /** What `work` resolves to, or null as soon as the run is to end: `work` may then take as long as it likes, or fail. */
  async before<T>(work: Promise<T>): Promise<T | null> {
    let end: (() => void) | undefined;
    const ended = new Promise<null>((resolve) => (end = () => resolve(null)));
    const leave = end!;
    this.#waiting.add(leave);
    if (this.#raised) leave();
    try {
      return await Promise.race([ended, work]);
    } catch (error) {
      if (this.#raised) return null;
      throw error;
    } finally {
      this.#waiting.delete(leave);
    }
  }

  /** What comes out of `batches` until the run is to end. */
  async *during<T>(batches: AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
    const iterator = batches[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await this.before(iterator.next());
        if (!next || next.done) return;
        yield next.value;
      }
    } finally {
      // Not waited for: it may hang behind what never comes.
      void iterator.return?.().catch(() => {});
    }
  }
}
