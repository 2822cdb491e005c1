import type { LookedAt } from './view.ts';

export interface TimeOfLook {
  readonly seconds: number;
  /** Whether the pace was measured here; else it is that of a slow laptop. */
  readonly isMeasured: boolean;
}

/** Multiply-adds a second of a slow laptop: two of its threads, at a quarter of what docs/decisions/2026-11-26-landscape.md measured for one. */
const SLOW_LAPTOP = 12e9;

/** How long so many multiply-adds take, forward, net by net: each at its pace, or that of the slowest of the others. */
export function timeOf(
  nets: readonly { readonly rate?: LookedAt['rate'] | undefined }[],
  multiplyAdds: readonly number[],
): TimeOfLook {
  const known = nets.flatMap(({ rate }) => (rate !== undefined && rate > 0 ? [rate] : []));
  const isMeasured = known.length > 0;
  const other = isMeasured ? Math.min(...known) : SLOW_LAPTOP;
  const seconds = multiplyAdds.reduce((sum, work, i) => sum + work / (nets[i]?.rate || other), 0);
  return { seconds, isMeasured };
}
