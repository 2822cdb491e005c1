/** Work on many values that can stop after any of them, and goes on where it stopped. */
export interface Piece {
  /** Values that are still to be done. */
  readonly left: () => number;
  /** Does about `count` of them. */
  readonly advance: (count: number) => void;
}
