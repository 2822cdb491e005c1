/** The curves of a chart, computed without holding the page where a run has very many rows. */
import { useEffect, useMemo, useState } from 'react';
import type { CurveSource } from '../sources/curveSources.ts';
import { buildCurves, type Curves } from './curves.ts';
import { deriveInSlices, undoneOf } from './slices.ts';
import type { CurveView } from './curve.ts';
import type { Quantity } from '../quantities.ts';

/** Values that are computed at once: some milliseconds, in each of five charts. */
const AT_ONCE = 40_000;

const none: Curves = { curves: [], missing: [] };

/** While more than a few milliseconds' worth is to be computed, the curves are those from before. */
export function useCurves(
  sources: readonly CurveSource[],
  quantity: Quantity,
  { smoothing, x }: CurveView,
): Curves {
  const [known, setKnown] = useState(none);
  const [slices, setSlices] = useState(0);
  const curves = useMemo(
    () =>
      undoneOf(sources, quantity, { smoothing, x }) > AT_ONCE
        ? null
        : buildCurves(sources, quantity, { smoothing, x }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `slices`: once what was missing is there, it is asked for again
    [sources, quantity, smoothing, x, slices],
  );
  if (curves && curves !== known) setKnown(curves);
  useEffect(() => {
    if (curves) return;
    return deriveInSlices(sources, quantity, { smoothing, x }, () => setSlices((count) => count + 1));
  }, [curves, sources, quantity, smoothing, x]);
  return curves ?? known;
}
