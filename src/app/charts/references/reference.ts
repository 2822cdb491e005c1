import type { LaneStyle } from '../../state/laneStyle.ts';

/** A number to compare with, drawn as a faint level line with its name at the end: guessing, a published result. */
export interface Reference {
  readonly id: string;
  readonly name: string;
  readonly value: number;
  /** Whether the axis reaches to it, wherever the curves are. */
  readonly stretches: boolean;
  /** Of the net that it belongs to; null if it belongs to none. */
  readonly style: LaneStyle | null;
}
