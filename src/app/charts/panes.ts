/** Which lanes share a chart where each has its own. */
import { isResidual } from '../../model/depths.ts';
import { decisive } from '../../model/decisive.ts';
import { settingsKey } from '../../model/sameSettings.ts';
import type { CurveSource } from './sources/curveSources.ts';

/** From so many lanes on, one chart for all is a knot. */
export const MANY_LANES = 5;

type Source = Pick<CurveSource, 'id' | 'faint' | 'runs'>;

/**
 * The sources of the present experiment, a chart for each: a pair where every net stands there once plain and once residual, and each
 * alone where it does not.
 */
export function panesOf<S extends Source>(sources: readonly S[]): readonly (readonly S[])[] {
  const present = sources.filter(({ faint }) => !faint);
  const groups = new Map<string, S[]>();
  for (const source of present) {
    const key = pairKey(source);
    groups.set(key, [...(groups.get(key) ?? []), source]);
  }
  const pairs = [...groups.values()];
  const arePairs = pairs.every(
    ([first, second, third]) => first && second && !third && isTwin(first, second),
  );
  return arePairs ? pairs : present.map((source) => [source]);
}

function pairKey({ id, runs: [{ config }] }: Source): string {
  if (!config) return id;
  const { model, ...recipe } = decisive(config);
  return settingsKey({ ...recipe, depth: model.depth, width: model.width });
}

const isTwin = (a: Source, b: Source) => isPlain(a) !== isPlain(b);
const isPlain = ({ runs: [{ config }] }: Source) => config !== null && !isResidual(config.model.block);
