import { useState } from 'react';

/** An estimate moves by more than this share of itself before what is shown of it does. */
const SHARE = 0.12;

/** The estimate as it was shown last, until it is another by so much that it is worth a change. */
export function useSteady(estimate: number | null): number | null {
  const [shown, setShown] = useState(estimate);
  const isNear = shown !== null && estimate !== null && Math.abs(estimate - shown) <= SHARE * shown;
  if (isNear || shown === estimate) return shown;
  setShown(estimate);
  return estimate;
}
