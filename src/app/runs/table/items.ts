/** The rows that the table of runs draws, one after the other. */
import type { Run } from '../../state/run.ts';
import type { RunFacts } from './runFacts.ts';
import { byAge, groupRows, type RowGroup } from './runsTable.ts';

export type TableItem =
  | { readonly kind: 'run'; readonly key: string; readonly row: RunFacts; readonly inner: boolean }
  | { readonly kind: 'details'; readonly key: string; readonly row: RunFacts }
  | { readonly kind: 'group'; readonly key: string; readonly group: RowGroup };

interface Shown {
  readonly grouped: boolean;
  /** The keys of groups that are open, and the ids of runs whose details are. */
  readonly expanded: ReadonlySet<string>;
}

export function tableItems(rows: readonly RunFacts[], { grouped, expanded }: Shown): readonly TableItem[] {
  const ofRun = (row: RunFacts, inner: boolean): readonly TableItem[] => {
    const { id } = row.run;
    const item: TableItem = { kind: 'run', key: id, row, inner };
    return expanded.has(id) ? [item, { kind: 'details', key: `details ${id}`, row }] : [item];
  };
  if (!grouped) return rows.flatMap((row) => ofRun(row, false));
  return groupRows(rows).flatMap(({ key, rows: members }) => {
    // Named by the first that was begun.
    const [first, ...others] = byAge(members);
    if (!first || others.length === 0) return ofRun(first ?? members[0], false);
    const group: RowGroup = { key, rows: [first, ...others] };
    const item: TableItem = { kind: 'group', key: `group ${group.key}`, group };
    return expanded.has(group.key) ? [item, ...group.rows.flatMap((row) => ofRun(row, true))] : [item];
  });
}

/** Whose rows are all equally high: with one line, and with a second one about where a run comes from, or its note. */
export const measuredKinds = ['run', 'about'] as const;
export type MeasuredKind = (typeof measuredKinds)[number];
export type RowKind = MeasuredKind | 'details';
/** In pixels. */
export type RowHeights = Readonly<Record<RowKind, number>>;

export function kindOf(item: TableItem | undefined): RowKind {
  if (item?.kind === 'details') return 'details';
  return item?.kind === 'run' && hasAbout(item.row.run) ? 'about' : 'run';
}

export const hasAbout = ({ history, note }: Run): boolean => history.length > 0 || note !== '';
