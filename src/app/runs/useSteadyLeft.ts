import { useState } from 'react';
import { steadyLeft, type ShownLeft } from './steadyLeft.ts';

/** Seconds left, steadied (steadyLeft.ts): null where there is no estimate. */
export function useSteadyLeft(estimate: number | null, spent: number): number | null {
  const [shown, setShown] = useState<ShownLeft | null>(null);
  const next = estimate === null || !Number.isFinite(estimate) ? null : steadyLeft(shown, estimate, spent);
  if (next !== shown) setShown(next);
  return next === null ? null : next.left;
}
