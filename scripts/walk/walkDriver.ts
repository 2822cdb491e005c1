/** What the walk asks of a browser, however it is driven. */
export interface WalkDriver {
  /** Name and version. */
  readonly browser: string;
  open(url: string): Promise<void>;
  /**
   * Runs a function in the page and gives back what it returns, as JSON has it. It may use nothing from outside, and no
   * named function inside: tsx wraps those.
   */
  evaluate(inPage: () => unknown): Promise<unknown>;
  /** Presses the button of this name with the mouse, once it is there and enabled. */
  press(name: string): Promise<void>;
  /** The files that were saved from the page so far; their names are not the page's everywhere. */
  saved(): readonly Buffer[];
  screenshot(): Promise<Uint8Array>;
  close(): Promise<void>;
}

const PAUSE_SECONDS = 0.25;

export const sleep = (seconds: number): Promise<void> =>
  new Promise((done) => {
    setTimeout(done, 1000 * seconds);
  });

/** Asks until the answer is true; throws with `what` after so many seconds. */
export async function until(what: string, seconds: number, ask: () => Promise<boolean>): Promise<void> {
  for (let tries = seconds / PAUSE_SECONDS; !(await ask()); tries--) {
    if (tries <= 0) throw new Error(`after ${seconds} s: not yet: ${what}`);
    await sleep(PAUSE_SECONDS);
  }
}
