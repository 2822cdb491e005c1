/** One view of some nets as it is asked for and answered, beside React: it goes on while another view is shown. */
import type { Clock } from '../../model/clock.ts';
import type { LookProgress } from '../../client/insideClient.ts';
import type { App } from '../state/App.ts';
import type { NetToLookAt } from './netsToLookAt.ts';
import { TimeLeft } from './timeLeft.ts';

/** An answer, and of which nets it is. */
export interface Answer {
  readonly nets: readonly NetToLookAt[];
  readonly answer: unknown;
}

export interface Looked {
  readonly state: 'none' | 'looking' | 'there' | 'failed';
  /** `left`: seconds, by the pace of this look; null while that is not known. */
  readonly progress: (Pick<LookProgress, 'done' | 'total'> & { readonly left: number | null }) | null;
  /** The last answer, or what of the first has come; it stays while the next one is computed. */
  readonly shown: Answer | null;
  readonly why: string | null;
}

export interface Asked {
  readonly view: string;
  readonly question: unknown;
  readonly step: number | null;
  /** Whether it is looked again while the nets train. */
  readonly isLive: boolean;
  /** The steps of further kept moments that are needed of a net: follows from the question, and the answer that there is already, or null. */
  readonly further: (net: NetToLookAt, before: unknown, index: number) => readonly number[];
  /** What is shown of an answer, and of the one before it. */
  readonly joined: (before: unknown, answer: unknown) => unknown;
}

/** Between two looks at nets that train pass at least so many seconds, and so many times what a look took: it costs training under 5%. */
const LIVE_SECONDS = 8;
const LIVE_TIMES = 20;

const nothing: Looked = { state: 'none', progress: null, shown: null, why: null };

export class LookInto {
  #looked = nothing;
  #running: AbortController | null = null;
  /** What stood before the look that is under way. */
  #before = nothing;
  /** The last whole answer. */
  #whole: { readonly answer: unknown } | null = null;
  #took = 0;
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly app: Pick<App, 'look' | 'momentFile' | 'exportWeights'>,
    private readonly asked: Asked,
    private readonly clock: Clock,
    /** A look at the same nets while they trained: what it found is gone on from. */
    before: LookInto | null = null,
  ) {
    if (!before) return;
    this.#whole = before.#whole;
    const { shown } = before.#looked.state === 'looking' ? before.#before : before.#looked;
    this.#looked = { ...nothing, shown };
  }

  readonly now = (): Looked => this.#looked;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Looks into these nets as they are now, in place of a look that is under way. */
  async look(nets: readonly NetToLookAt[]): Promise<void> {
    this.#running?.abort();
    const controller = new AbortController();
    this.#running = controller;
    const { signal } = controller;
    const { view, question, step, further, joined } = this.asked;
    const whole = this.#whole;
    const begun = this.clock.seconds();
    const time = new TimeLeft();
    // In place of one under way: what was whole before that.
    if (this.#looked.state !== 'looking') this.#before = this.#looked;
    const before = this.#before.shown;
    this.#set({ state: 'looking', progress: null, shown: before, why: null });
    try {
      const given = await Promise.all(
        nets.map((net, i) => net.give(this.app, step, further(net, whole?.answer ?? null, i))),
      );
      const answer = await this.app.look(view, given, question, {
        signal,
        onProgress: ({ done, total, soFar }) => {
          // A first answer is drawn as it comes; a later one whole, in place of the one before.
          const shown = before ?? (soFar === undefined ? null : { nets, answer: soFar });
          if (signal.aborted) return;
          const left = time.after(done, total, this.clock.seconds());
          this.#set({ state: 'looking', progress: { done, total, left }, shown, why: null });
        },
      });
      if (signal.aborted) return;
      this.#took = this.clock.seconds() - begun;
      this.#whole = { answer: whole ? joined(whole.answer, answer) : answer };
      const shown = { nets, answer: this.#whole.answer };
      this.#set({ state: 'there', progress: null, shown, why: null });
    } catch (error) {
      if (signal.aborted) return;
      const why = error instanceof Error ? error.message : String(error);
      this.#set({ state: 'failed', progress: null, shown: before, why });
    }
  }

  cancel(): void {
    this.#running?.abort();
    // Half an answer is none: the whole one from before is back, and what had failed before has not failed now.
    if (this.#looked.state !== 'looking') return;
    const { shown } = this.#before;
    if (!shown) this.#whole = null;
    this.#set(shown ? { state: 'there', progress: null, shown, why: null } : nothing);
  }

  /** Seconds after which nets that train should be looked into again; null if they should not. */
  againAfter(nets: readonly NetToLookAt[]): number | null {
    const { isLive, step } = this.asked;
    if (!isLive || step !== null || this.#looked.state !== 'there') return null;
    return nets.some((net) => net.isTraining) ? Math.max(LIVE_SECONDS, LIVE_TIMES * this.#took) : null;
  }

  #set(looked: Looked): void {
    this.#looked = looked;
    for (const listener of this.#listeners) listener();
  }
}
