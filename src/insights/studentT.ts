/** How wide an interval must be so that chance alone seldom leaves it. */

/** By chance alone, a claim is to be made in at most one of so many comparisons. */
const ONE_IN = 20;
const SLICES = 400;

const known = new Map<string, number>();

/**
 * Student's t: so many standard errors lie between a mean and what chance alone leaves in one of {@link ONE_IN} cases, two-sided.
 * Where the most telling of `comparisons` comparisons is taken, the one case is shared among them (Bonferroni). `freedom` is
 * a whole number from 1: the values less the means taken of them.
 */
export function studentT(freedom: number, comparisons = 1): number {
  const key = `${freedom} ${comparisons}`;
  let factor = known.get(key);
  if (factor === undefined) known.set(key, (factor = quantile(freedom, 1 - 1 / (ONE_IN * comparisons))));
  return factor;
}

/** With t = sqrt(freedom) tan(angle) the density is cos(angle)^(freedom - 1) but for a factor. */
function quantile(freedom: number, within: number): number {
  const half = areaTo(Math.PI / 2, freedom);
  let [low, high] = [0, Math.PI / 2];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (areaTo(middle, freedom) < within * half) low = middle;
    else high = middle;
  }
  return Math.sqrt(freedom) * Math.tan((low + high) / 2);
}

/** The area below cos^(freedom - 1) from 0 to `angle`, by Simpson's rule. */
function areaTo(angle: number, freedom: number): number {
  const slice = angle / SLICES;
  let sum = 0;
  for (let i = 0; i <= SLICES; i++) {
    const weight = i === 0 || i === SLICES ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * Math.cos(i * slice) ** (freedom - 1);
  }
  return (sum * slice) / 3;
}
