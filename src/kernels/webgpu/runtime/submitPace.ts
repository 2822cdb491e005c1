/** tf.js's own number. Few: what else draws with the GPU, the page itself, gets its turn between two submissions. */
const MIN_DISPATCHES = 15;
const MAX_DISPATCHES = 256;
/** What one submission is to keep the device busy for: half a frame. */
const TARGET_SECONDS = 0.008;
/** Full submissions from one measurement to the next. */
const REST = 16;

type Stage = 'rests' | 'first' | 'second' | 'waits' | 'ended';

/**
 * How many dispatches are submitted at once. A submission takes the processor as long as some ten dispatches, and a small net's dispatches
 * take a graphics card microseconds: fifteen at a time, the card waits. On a slow one more than fifteen would keep the page from drawing.
 * So the time between the ends of two full submissions that follow each other is measured now and then.
 */
export class SubmitPace {
  #dispatches = MIN_DISPATCHES;
  #stage: Stage = 'first';
  #rest = 0;
  #begin: Promise<number> = Promise.resolve(0);

  /** `done` resolves when the device has done all that was submitted until then; `seconds` is a clock. */
  constructor(
    private readonly done: () => Promise<unknown>,
    private readonly seconds: () => number,
  ) {}

  get dispatches(): number {
    return this.#dispatches;
  }

  /** To be told right after a submission of `dispatches` dispatches. */
  submitted(dispatches: number): void {
    // One that ends early, because numbers are read, tells of the reading and of what comes after it.
    if (dispatches < this.#dispatches) {
      if (this.#stage === 'second') this.#stage = 'first';
      return;
    }
    if (this.#stage === 'rests' && ++this.#rest >= REST) this.#stage = 'first';
    if (this.#stage === 'first') {
      this.#begin = this.#end();
      this.#stage = 'second';
    } else if (this.#stage === 'second') {
      this.#stage = 'waits';
      void this.#measure(dispatches, this.#begin, this.#end());
    }
  }

  /** When the device has done what is submitted; NaN if it is lost, which others tell. */
  async #end(): Promise<number> {
    return this.done().then(this.seconds, () => NaN);
  }

  async #measure(dispatches: number, begin: Promise<number>, end: Promise<number>): Promise<void> {
    const seconds = (await end) - (await begin);
    if (Number.isNaN(seconds)) {
      this.#stage = 'ended';
      return;
    }
    // Twice as many at most: both ends may have been told in one turn of the thread.
    const wanted = Math.min(
      2 * this.#dispatches,
      Math.round((dispatches * TARGET_SECONDS) / Math.max(seconds, 1e-6)),
    );
    this.#dispatches = Math.max(MIN_DISPATCHES, Math.min(MAX_DISPATCHES, wanted));
    this.#rest = 0;
    this.#stage = 'rests';
  }
}
