/** Lanes share the cores; what holds until it is measured. */
export const threadsUnmeasured = (cores: number, lanes: number): number =>
  Math.max(1, Math.floor(cores / Math.max(1, lanes)));
