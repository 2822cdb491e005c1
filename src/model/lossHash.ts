/** The hash of no losses. */
export const NO_LOSSES = 0x811c9dc5;

/**
 * FNV-1a over the float32 bits of a run's losses, one after the other: `hash` is that of the losses before. Two runs that show the same
 * number went the same way, whatever else is said of them; an unsigned whole number of 32 bits.
 */
export function hashLosses(hash: number, losses: Float32Array): number {
  for (const word of new Uint32Array(losses.slice().buffer)) {
    hash = Math.imul(hash ^ word, 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}
