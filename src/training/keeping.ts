/** What is kept of a run while it trains, by whom it belongs to: asked between steps, when all before is told. */
export interface Keeping {
  /** Whether something is to be kept after `step` steps; 0 before the first. Asked once a step. */
  isDue(step: number): boolean;
  /** Training waits for it, and fails if it rejects. */
  keep(): Promise<void>;
}
