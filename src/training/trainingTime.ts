import type { Clock } from '../model/clock.ts';

/** How long a run has trained: pauses, evaluations and keeping apart. In seconds. */
export class TrainingTime {
  private startedAt = 0;
  private packStart = 0;

  /** Goes on after `trained` seconds of training and `idle` seconds of none. */
  constructor(
    private readonly clock: Clock,
    private trained = 0,
    private readonly idleBefore = 0,
  ) {}

  /** The run begins, or goes on after it was interrupted. */
  start(): void {
    this.packStart = this.clock.seconds();
    this.startedAt = this.packStart - this.trained - this.idleBefore;
  }

  /** What went by since the last pack was no training. */
  skip(): void {
    this.packStart = this.clock.seconds();
  }

  /** Up to the last pack. */
  get untilPack(): number {
    return this.trained;
  }

  /** Since the run's start, up to the present pack, without training. */
  get idle(): number {
    return this.packStart - this.startedAt - this.trained;
  }

  sincePack(): number {
    return this.clock.seconds() - this.packStart;
  }

  /** Gives the seconds of training at the moment when it is called, counted from the start of the present pack. */
  running(): () => number {
    const { trained, packStart, clock } = this;
    return () => trained + clock.seconds() - packStart;
  }

  /** A pack ended after `trained` seconds of training; the next begins. */
  endPack(trained: number): void {
    this.trained = trained;
    this.skip();
  }
}
