/** The data worker is gone, or answered what was not asked. */
export class LaneError extends Error {
  override readonly name = 'LaneError';
}
