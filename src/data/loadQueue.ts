import { createDeferred } from '../model/deferred.ts';

export interface Ticket<T> {
  readonly result: Promise<T>;
  /** Puts the task before all others that have not begun. */
  readonly hurry: () => void;
}

/** Runs tasks in the order they were added, at most `limit` at a time. */
export class LoadQueue {
  readonly #limit: number;
  readonly #waiting: (() => Promise<void>)[] = [];
  #running = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add<T>(task: () => Promise<T>): Ticket<T> {
    const { promise, resolve, reject } = createDeferred<T>();
    const start = () => task().then(resolve, reject);
    this.#waiting.push(start);
    this.#pump();
    return {
      result: promise,
      hurry: () => {
        const place = this.#waiting.indexOf(start);
        if (place > 0) this.#waiting.unshift(...this.#waiting.splice(place, 1));
      },
    };
  }

  #pump(): void {
    while (this.#running < this.#limit) {
      const start = this.#waiting.shift();
      if (!start) return;
      this.#running++;
      void start().finally(() => {
        this.#running--;
        this.#pump();
      });
    }
  }
}
