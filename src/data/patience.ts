/** Asks again, after a pause, for what the network keeps back: a blip pauses training and does not end it. */
import { deadlines, pauseAfter } from '../model/deadlines.ts';
import { NetworkError } from './fetchFile.ts';
import type { LoadQueue, Ticket } from './loadQueue.ts';
import type { DataWait } from '../protocol/source.ts';

/** What a worker knows of its connection. */
export interface Connection {
  /** Whether the browser says that there is none. */
  isOffline(): boolean;
  /** Calls back whenever there is one again. */
  onBack(callback: () => void): void;
}

export class Patience {
  readonly #connection: Connection;
  readonly #tell: (wait: DataWait | null) => void;
  readonly #waits = new Map<string, DataWait>();
  readonly #pauses = new Set<() => void>();

  /** `tell` hears of the file that is waited for, and null when there is none any more. */
  constructor(connection: Connection, tell: (wait: DataWait | null) => void) {
    this.#connection = connection;
    this.#tell = tell;
    connection.onBack(() => this.wake());
  }

  /** Ends every pause: someone has come who waits, or the network is back. */
  wake(): void {
    for (const end of [...this.#pauses]) end();
  }

  /**
   * The result of `attempt`, which is made again while it fails with a {@link NetworkError}: at most {@link deadlines.attempts} times.
   * The places of `queue` are free in the pauses.
   */
  load<T>(file: string, queue: LoadQueue, attempt: () => Promise<T>): NeededTicket<T> {
    let needed = false;
    let present: Ticket<T> = queue.add(attempt);
    let endPause: (() => void) | undefined;
    let wait: DataWait | null = null;

    const say = (now: DataWait | null) => {
      wait = now;
      if (needed) this.#say(file, now);
    };
    const load = async (): Promise<T> => {
      for (let attempts = 1; ; attempts++) {
        try {
          return await present.result;
        } catch (error) {
          if (!(error instanceof NetworkError) || attempts >= deadlines.attempts) throw error;
          const trouble = this.#connection.isOffline() ? 'offline' : error.trouble;
          const waits = { file, trouble, detail: error.message, attempt: attempts } as const;
          say({ ...waits, seconds: pauseAfter(attempts) });
          await this.#pause(pauseAfter(attempts), (end) => (endPause = end));
          endPause = undefined;
          say({ ...waits, seconds: 0 });
          present = queue.add(attempt);
          if (needed) present.hurry();
        }
      }
    };
    const result = load().finally(() => say(null));
    return {
      result,
      hurry: () => present.hurry(),
      need: () => {
        if (needed) return;
        needed = true;
        if (wait) this.#say(file, wait);
        present.hurry();
        endPause?.();
      },
    };
  }

  /** Of several, the one that came first: they wait for the same network. */
  #say(file: string, wait: DataWait | null): void {
    const had = this.#waits.size > 0;
    if (wait) this.#waits.set(file, wait);
    else this.#waits.delete(file);
    const [first] = this.#waits.values();
    if (first || had) this.#tell(first ?? null);
  }

  async #pause(seconds: number, begun: (end: () => void) => void): Promise<void> {
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#pauses.delete(end);
        resolve();
      };
      const timer = setTimeout(end, 1000 * seconds);
      this.#pauses.add(end);
      begun(end);
    });
  }
}

export interface NeededTicket<T> extends Ticket<T> {
  /** Someone waits for it: it goes first, is tried at once, and what keeps it back is said. */
  readonly need: () => void;
}

/** Where files lie on a disk: what fails once fails again. */
export function loadOnce<T>(queue: LoadQueue, attempt: () => Promise<T>): NeededTicket<T> {
  const { result, hurry } = queue.add(attempt);
  return { result, hurry, need: hurry };
}
