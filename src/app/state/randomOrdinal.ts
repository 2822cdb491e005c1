/** Ids of one load of the page lie between this number and the {@link PER_LOAD} that follow it. */
const PER_LOAD = 2 ** 11;

/** A whole number below 2^52 that another load of the page, or another tab, does not draw too. */
export function randomOrdinal(): number {
  const [high, low] = crypto.getRandomValues(new Uint32Array(2));
  return ((high! % 2 ** 9) * 2 ** 32 + low!) * PER_LOAD;
}
