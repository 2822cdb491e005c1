/** Notices that a worker does not answer, without a message while it does. */
import { deadlines } from '../model/deadlines.ts';

/** A worker that is slow has answered late before: this many times as late is silence. */
const SLOWER = 2.5;

/**
 * Watches one worker. It is asked for an answer only when nothing was heard of it between two looks, and counts as silent while it owes
 * that answer for longer than {@link deadlines.silence}, or than this worker has been seen to take for a step. That is said, and no
 * more: a thread that computes cannot answer, however well it is.
 */
export class Silence {
  #heard = true;
  /** Seconds for which an answer is owed; null while none is. */
  #owed: number | null = null;
  #said = false;
  #patience: number = deadlines.silence;

  constructor(
    private readonly ask: () => void,
    /** Hears for how many seconds there has been no answer, at every look; null once there is one. */
    private readonly tell: (seconds: number | null) => void,
  ) {}

  /** The worker has sent something, whatever it is. */
  heard(): void {
    this.#heard = true;
    if (this.#owed !== null) this.#patience = Math.max(this.#patience, SLOWER * this.#owed);
    this.#owed = null;
    if (this.#said) this.tell(null);
    this.#said = false;
  }

  /** To be called now and then, with the seconds since the last time during which this page was awake. */
  look(seconds: number): void {
    if (this.#owed !== null) {
      this.#owed += seconds;
      if (this.#owed < this.#patience) return;
      this.#said = true;
      this.tell(Math.round(this.#owed));
    } else if (!this.#heard) {
      this.#owed = 0;
      this.ask();
    }
    this.#heard = false;
  }
}
