/** Where runs come from: which of them are branches of others, and in what order a list of all shows that. */
import type { Run } from '../../state/run.ts';
import { branchings, type Branching } from '../ancestry.ts';

/** Of a run that began as a branch, how. */
export const beginningOf = ({ history }: Run): Branching | null => branchings(history).at(-1) ?? null;

export interface Place {
  readonly run: Run;
  /** Under how many others it stands. */
  readonly depth: number;
}

/** What the runs of one experiment, or of one file, have alike in their ids. */
const familyOf = ({ id }: Run): string => id.slice(0, id.lastIndexOf('/'));

/** The latest first, those that began together side by side as they are in `runs`, and branches below what they come from. */
export function asTree(runs: readonly Run[]): readonly Place[] {
  const ids = new Set(runs.map(({ id }) => id));
  const children = new Map<string, Run[]>();
  const roots: Run[] = [];
  for (const run of runs) {
    const parent = beginningOf(run)?.run;
    if (parent !== undefined && ids.has(parent) && parent !== run.id) pushTo(children, parent, run);
    else roots.push(run);
  }
  const latest = latestOf(children);
  const families = new Map<string, Run[]>();
  for (const run of roots) pushTo(families, familyOf(run), run);
  const ordered = [...families.values()]
    .map((members) => ({ members, time: Math.max(...members.map(latest)) }))
    .sort((a, b) => b.time - a.time);
  const places: Place[] = [];
  const seen = new Set<Run>();
  const put = (run: Run, depth: number): void => {
    if (seen.has(run)) return;
    seen.add(run);
    places.push({ run, depth });
    for (const child of children.get(run.id) ?? []) put(child, depth + 1);
  };
  for (const { members } of ordered) for (const run of members) put(run, 0);
  // What names itself as what it comes from, by way of others: a file may say so.
  for (const run of runs) put(run, 0);
  return places;
}

/** When a run, or the latest branch below it, was begun. */
function latestOf(children: ReadonlyMap<string, readonly Run[]>): (run: Run) => number {
  const time = (run: Run): number =>
    Math.max(run.created ?? 0, ...(children.get(run.id) ?? []).map((child) => time(child)));
  return time;
}

function pushTo(lists: Map<string, Run[]>, key: string, run: Run): void {
  const list = lists.get(key);
  if (list) list.push(run);
  else lists.set(key, [run]);
}
