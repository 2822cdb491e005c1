/** Whether two lists have the same items in the same order; by default, of which each is the very same. */
export const sameItems = <T>(
  a: readonly T[],
  b: readonly T[],
  isSame: (a: T, b: T) => boolean = Object.is,
): boolean => a.length === b.length && a.every((item, i) => isSame(item, b[i]!));
