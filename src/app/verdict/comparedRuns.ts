/** The runs that a verdict is about, with all the seeds that the same nets were trained with here. */
import type { ComparedRun } from '../../insights/comparedRun.ts';
import type { Setting } from '../../insights/differences.ts';
import { configurationKey } from '../runs/allRuns.ts';
import { branchings, isBranch } from '../runs/ancestry.ts';
import type { Run } from '../state/run.ts';

/**
 * Those of the present experiment (`current`), and those of the others that have ended and are drawn: not `hidden`. Seeds count only
 * once nothing trains any more; then they are those of runs that were trained whole, here, from their seed's weights.
 */
export function comparedRuns(
  all: readonly Run[],
  current: readonly Run[],
  hidden: ReadonlySet<string>,
  isLive: boolean,
): readonly ComparedRun[] {
  const present = new Set(current.map((run) => run.id));
  const earlier = all.filter(({ id, state }) => !present.has(id) && !hidden.has(id) && state === 'ended');
  const whole = isLive ? [] : all.filter(isWhole);
  return [...current, ...earlier].map((run) => ({
    id: run.id,
    present: present.has(run.id),
    setting: settingOf(run),
    branch: branchOf(run),
    error: isOfEachStep(run) ? run.error.values : null,
    ended: run.state === 'ended',
    tests: run.evaluations.flatMap(({ step, error, images }) =>
      error !== null && images !== null ? [{ step, error, images }] : [],
    ),
    seeds: !isLive && isWhole(run) ? seedsOf(run, whole) : new Map<number, Float64Array>(),
  }));
}

/** A net that was trained with several seeds goes by the name of the first. */
export function firstLike(run: Run, all: readonly Run[]): Run {
  const key = configurationKey(run);
  return all.find((other) => isWhole(other) && configurationKey(other) === key) ?? run;
}

const settingOf = ({ config, startedFrom, provenance }: Run): Setting | null =>
  config && { config, startedFrom, precision: provenance?.precision ?? null };

const isWhole = ({ end, origin, startedFrom, history }: Run) =>
  end?.reason === 'completed' && !isBranch({ history }) && origin === 'here' && startedFrom === null;

function branchOf({ history }: Run): NonNullable<ComparedRun['branch']> | null {
  const last = branchings(history).at(-1);
  return last ? { of: last.run, step: last.step } : null;
}

/** Other programs log every so many steps. */
const isOfEachStep = ({ loggedSteps, error }: Run): boolean =>
  loggedSteps === null || (loggedSteps.at(0) === 1 && loggedSteps.last === error.length);

/** A seed that was trained twice counts once. */
function seedsOf(run: Run, whole: readonly Run[]): ComparedRun['seeds'] {
  const key = configurationKey(run);
  const like = whole.filter((other) => configurationKey(other) === key);
  return new Map(like.flatMap(({ config, error }) => (config ? [[config.seed, error.values] as const] : [])));
}
