/** What is to be kept of a run, and when: what its owner finds due after a step, and what somebody asks for meanwhile. */
import { createDeferred } from '../model/deferred.ts';
import type { CheckpointReason } from '../protocol/keeping.ts';
import type { Keeping } from './keeping.ts';

export class KeepRequests {
  #asked: CheckpointReason | null = null;
  #wake: () => void = () => undefined;
  readonly #keeping: Keeping | undefined;

  /** Without `keeping` nothing is kept. */
  constructor(keeping: Keeping | undefined) {
    this.#keeping = keeping;
  }

  /** Why the moment after this step is to be kept; null if it is not. Called once a step. */
  due(step: number): CheckpointReason | null {
    return this.#keeping?.due(step) ?? null;
  }

  /** Something is asked for that is not served yet. */
  get isAsked(): boolean {
    return this.#asked !== null;
  }

  /** Asks for the present moment, or for the next that can be kept. */
  ask(why: CheckpointReason): void {
    if (!this.#keeping) return;
    this.#asked = why;
    this.#wake();
  }

  /** Keeps the present moment if somebody asked for one. */
  async serve(): Promise<void> {
    if (this.#asked !== null) await this.keep(this.#asked);
  }

  /** Keeps the present moment, whoever asked. */
  async keep(why: CheckpointReason): Promise<void> {
    this.#asked = null;
    await this.#keeping?.keep(why);
  }

  /** Resolves to true when `work` is done, or to false as soon as something is asked for. Rejects as `work` does. */
  async unlessAsked(work: Promise<unknown>): Promise<boolean> {
    if (this.isAsked) return false;
    const asked = createDeferred<false>();
    this.#wake = () => asked.resolve(false);
    return Promise.race([work.then(() => true), asked.promise]);
  }

  async settled(): Promise<void> {
    await this.#keeping?.settled();
  }
}
