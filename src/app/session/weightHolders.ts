/** Which experiment holds a run's weights: that which trained it, whose workers live as long as a run of it is on the stage. */

interface Holder<E> {
  readonly experiment: E;
  /** What the run's lane was called when it was trained. */
  readonly lane: string;
}

export class WeightHolders<E> {
  private readonly holders = new Map<string, Holder<E>>();

  constructor(private readonly dispose: (experiment: E) => void) {}

  add(run: string, experiment: E, lane: string): void {
    this.holders.set(run, { experiment, lane });
  }

  of(run: string): Holder<E> | undefined {
    return this.holders.get(run);
  }

  /** Lets go of all other runs, and ends the experiments that hold no more. */
  keep(runs: ReadonlySet<string>): void {
    const before = new Set([...this.holders.values()].map(({ experiment }) => experiment));
    for (const run of this.holders.keys()) if (!runs.has(run)) this.holders.delete(run);
    for (const { experiment } of this.holders.values()) before.delete(experiment);
    before.forEach((experiment) => {
      this.dispose(experiment);
    });
  }
}
