import type { Unfit } from '../model/unfit.ts';
import type { Failure } from '../protocol/protocol.ts';

/** Why a lane was not even tried. */
export function unfitFailure({ what, bytes, most, batchSize, width, recomputedBytes }: Unfit): Failure {
  const gigabytes = (count: number) => `${(count / 1e9).toFixed(1)} GB`;
  const needs =
    what === 'lane'
      ? `It needs about ${gigabytes(bytes)}, and a lane can have ${gigabytes(most)} here`
      : `Its largest layer needs ${gigabytes(bytes)} at a piece, and this device gives ${gigabytes(most)}`;
  const would = [
    batchSize === null ? '' : `a batch of ${batchSize}`,
    width === null ? '' : `${width} ${width === 1 ? 'filter' : 'filters'}`,
    recomputedBytes === null ? '' : `its activations recomputed (${gigabytes(recomputedBytes)})`,
  ].filter(Boolean);
  const advice = would.length > 0 ? ` With ${would.join(' or ')} it would fit.` : '';
  return { name: 'OutOfMemoryError', message: `${needs}.${advice}` };
}
