/** What the question on the page asks, and which claims answer it: they come first. */
import type { Dimension } from '../../insights/differences.ts';
import type { Claim, Comparisons } from '../../insights/verdict.ts';
import { isResidual } from '../../model/depths.ts';
import type { PresetId } from '../../model/presetId.ts';
import type { Run } from '../state/run.ts';

/** A thing in which nets differ; where `residual` is given, of nets with shortcuts alone, or of those without. */
export interface Asked {
  readonly dimension: Dimension;
  readonly residual?: boolean;
}

const asks: Readonly<Record<PresetId, readonly Asked[]>> = {
  degradation: [{ dimension: 'depth', residual: false }],
  twins: [{ dimension: 'skip' }],
  flip: [{ dimension: 'skip' }],
  'switch-on': [{ dimension: 'skip' }],
  depth: [{ dimension: 'depth', residual: true }],
  shortcuts: [{ dimension: 'skip' }, { dimension: 'shortcut' }],
  bottleneck: [{ dimension: 'unit' }],
  'warm-up': [{ dimension: 'warmUp' }],
  optimisers: [{ dimension: 'depth', residual: false }],
  paper: [{ dimension: 'depth', residual: true }, { dimension: 'skip' }],
};

/** What a preset asks, first what it asks first; nothing of one's own experiment. */
export const askedBy = (preset: PresetId | null): readonly Asked[] => (preset === null ? [] : asks[preset]);

type Compared = Pick<Run, 'id' | 'config' | 'created'>;

const answersOf = (asked: Asked, dimension: Dimension, run: Pick<Run, 'config'> | undefined): boolean =>
  asked.dimension === dimension &&
  (asked.residual === undefined ||
    (run?.config ? isResidual(run.config.model.block) === asked.residual : false));

/** Runs that were begun within so many milliseconds of each other were begun together. */
const TOGETHER = 1000;

/**
 * Where a claim stands among others: those that answer what is asked first, then those about the runs that were begun last, then all
 * others. `present` are the runs of the experiment.
 */
export function rankBy(asked: readonly Asked[], present: readonly Compared[]): (claim: Claim) => number {
  const byId = new Map(present.map((run) => [run.id, run]));
  const latest = Math.max(...present.map(({ created }) => created ?? -Infinity));
  const isNew = (id: string) => (byId.get(id)?.created ?? -Infinity) > latest - TOGETHER;
  const isMixed = present.some(({ id }) => !isNew(id));
  return ({ dimension, worse, better }) => {
    const run = byId.get(worse) ?? byId.get(better);
    const place = asked.findIndex((one) => answersOf(one, dimension, run));
    if (place >= 0) return place;
    return asked.length + (isMixed && (isNew(worse) || isNew(better)) ? 0 : 1);
  };
}

/** The pairs that would answer what is asked first, where no claim does; and where one does, those of another kind of net, but for branches. */
export function unanswered(
  [first]: readonly Asked[],
  { claims, silent }: Pick<Comparisons, 'claims' | 'silent'>,
  runOf: (id: string) => Pick<Run, 'config'> | undefined,
): Comparisons['silent'] {
  if (!first) return [];
  const open = silent.filter(({ dimension, pair: [one] }) => answersOf(first, dimension, runOf(one.id)));
  const isAnswered = claims.some(({ dimension, worse }) => answersOf(first, dimension, runOf(worse)));
  return isAnswered ? open.filter(({ pair }) => pair.every(({ branch }) => !branch)) : open;
}
