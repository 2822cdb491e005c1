import type { LaneStyle } from '../../state/laneStyle.ts';
import type { Split } from '../curves/curve.ts';
import { sameItems } from '../../state/sameItems.ts';

/** A number to compare with, drawn as a faint level line with its name at the end: guessing, a published result. */
export interface Reference {
  readonly id: string;
  readonly name: string;
  readonly value: number;
  /** Of which images it is; null where that makes no difference. */
  readonly split: Split | null;
  /** Whether the axis reaches to it, wherever the curves are. */
  readonly stretches: boolean;
  /** Of the net that it belongs to; null if it belongs to none. */
  readonly style: LaneStyle | null;
}

/** Whether these are the same lines, with the same names. */
export const areSameReferences = (a: readonly Reference[], b: readonly Reference[]): boolean =>
  sameItems(
    a,
    b,
    (one, other) =>
      one.id === other.id &&
      one.name === other.name &&
      one.value === other.value &&
      one.split === other.split &&
      one.stretches === other.stretches &&
      one.style === other.style,
  );
