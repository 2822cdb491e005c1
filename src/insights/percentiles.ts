/**
 * The values at the shares `low` and `high` of all finite ones in ascending order; null where there are none. Linear
 * between neighbours (NumPy's default).
 */
export function percentiles(
  values: readonly number[],
  low: number,
  high: number,
): readonly [number, number] | null {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const at = (share: number) => {
    const place = share * (sorted.length - 1);
    const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
    return below + (above - below) * (place - Math.floor(place));
  };
  return [at(low), at(high)];
}
