import type { Emit, EndReason, RunEvent, SessionState, StateEvent } from '../protocol/events.ts';

/** idle -> running <-> paused -> finished (completed, stopped) or failed (diverged, error). Final states are final. */
export class RunState {
  #now: SessionState = 'idle';
  readonly #emit: Emit;
  /** Steps taken. */
  readonly #step: () => number;

  constructor(emit: Emit, step: () => number) {
    this.#emit = emit;
    this.#step = step;
  }

  get now(): SessionState {
    return this.#now;
  }

  get isAlive(): boolean {
    return this.#now === 'running' || this.#now === 'paused';
  }

  enter(state: SessionState): void {
    this.#now = state;
    this.tell({ kind: 'state', state, step: this.#step() });
  }

  /** What comes in after a final state is dropped. */
  tell(event: RunEvent | null): void {
    if (event && this.#now !== 'finished' && this.#now !== 'failed') this.#emit(event);
  }

  end(
    state: 'finished' | 'failed',
    reason: EndReason,
    details: Pick<StateEvent, 'divergedAt' | 'failure'> = {},
  ): void {
    this.tell({ kind: 'state', state, step: this.#step(), reason, ...details });
    this.#now = state;
  }
}
