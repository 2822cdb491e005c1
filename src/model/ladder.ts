/** Steps after which the weights are kept apart: 0, 1, 2, 5, 10, 20, 50, ...: three for each power of ten, so that there are few. */
export function isOnLadder(step: number): boolean {
  if (step === 0) return true;
  const digit = step / 10 ** Math.floor(Math.log10(step) + 1e-9);
  return digit === 1 || digit === 2 || digit === 5;
}
