/** tf.js's own number. Few: what else draws with the GPU, the page itself, gets its turn between two submissions. */
export const MIN_DISPATCHES = 15;
const MAX_DISPATCHES = 256;
/** What one submission is to keep the device busy for: half a frame. */
const TARGET_SECONDS = 0.008;
/** Full submissions from one measurement to the next. */
const REST = 16;

/**
 * How many dispatches are submitted at once. A submission takes the processor as long as some ten dispatches, and a small net's dispatches
 * take a graphics card microseconds: fifteen at a time, the card waits. On a slow one more than fifteen would keep the page from drawing.
 * So the time from a full submission to the end of the next is measured now and then: never less than both took, and not much more where the card
 * waits. Where it has other submissions to do before, it is the card that is slow, and few at once cost nothing.
 */
export class SubmitPace {
  #dispatches = MIN_DISPATCHES;
  /** Full submissions to come before the next measurement. */
  #rest = 0;
  /** The first of the two that are measured: when it was submitted, in seconds. */
  #first: number | null = null;
  #isMeasuring = false;

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
    if (this.#isMeasuring) return;
    // One that ends early, because numbers are read, tells of the reading and of what comes after it.
    if (dispatches < this.#dispatches) this.#first = null;
    else if (this.#rest > 0) this.#rest -= 1;
    else if (this.#first === null) this.#first = this.seconds();
    else {
      this.#isMeasuring = true;
      void this.#measure(2 * dispatches, this.#first);
    }
  }

  async #measure(dispatches: number, begin: number): Promise<void> {
    try {
      await this.done();
    } catch {
      // The device is lost, which others tell: nothing more is asked of it.
      return;
    }
    const seconds = Math.max(this.seconds() - begin, 1e-6);
    const wanted = Math.min(2 * this.#dispatches, Math.round((dispatches * TARGET_SECONDS) / seconds));
    this.#dispatches = Math.max(MIN_DISPATCHES, Math.min(MAX_DISPATCHES, wanted));
    this.#rest = REST;
    this.#first = null;
    this.#isMeasuring = false;
  }
}
