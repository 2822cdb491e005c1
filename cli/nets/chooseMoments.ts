/** Which moments of some runs fit into so many bytes. */

export interface Ladder {
  /** Runs of one kind, such as twins, have the same, so that they can be compared at the same steps. */
  readonly kind: string;
  /** Bytes that each moment takes. */
  readonly bytes: number;
  /** The steps that there are, above 0, ascending; one at least. */
  readonly steps: readonly number[];
}

/**
 * What to take first, after each run's last: powers of ten tell most, as the first steps change most; what lies between comes after them.
 * Other steps are not taken.
 */
const order = [1000, 100, 5000, 10, 500, 10_000, 2000, 1, 200, 50, 20, 5, 2];

/**
 * The steps to take of each ladder, ascending, all together of at most `most` bytes; the last of each is among them. Null where not even these
 * fit. Of ladders of one kind a step is taken from all that have it, or from none.
 */
export function chooseMoments(
  ladders: readonly Ladder[],
  most: number,
): readonly (readonly number[])[] | null {
  const chosen = ladders.map(({ steps }) => new Set(steps.slice(-1)));
  let left = most - ladders.reduce((sum, { bytes }) => sum + bytes, 0);
  if (left < 0) return null;
  // The smallest first: more of them fit.
  const kinds = [...new Set(ladders.toSorted((a, b) => a.bytes - b.bytes).map(({ kind }) => kind))];
  for (const step of order) {
    for (const kind of kinds) {
      const having = ladders.flatMap((ladder, i) =>
        ladder.kind === kind && ladder.steps.includes(step) && !chosen[i]!.has(step)
          ? [{ i, bytes: ladder.bytes }]
          : [],
      );
      const bytes = having.reduce((sum, one) => sum + one.bytes, 0);
      if (bytes > left) continue;
      left -= bytes;
      for (const { i } of having) chosen[i]!.add(step);
    }
  }
  return chosen.map((steps) => [...steps].sort((a, b) => a - b));
}
