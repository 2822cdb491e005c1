/** Which runs the table lists, in what order. */
import { inOrder } from '../../ui/format.ts';
import { columns } from './enRunsTable.ts';
import { asTree } from './lineage.ts';
import { wayTexts } from './lineageTexts.ts';
import { cellText, stateText } from './rowTexts.ts';
import { factsOf, settingKeys, type RunFacts } from './runFacts.ts';
import { filterRows, sortRows, type Sorting } from './runsTable.ts';
import type { Run } from '../../state/run.ts';
import type { TableView } from './RunsTools.tsx';

export interface Listing {
  /** All runs, as a tree: the latest first. */
  readonly all: readonly RunFacts[];
  /** Under how many others a run stands, by its id; of those under none nothing. */
  readonly depths: ReadonlyMap<string, number>;
}

export function listingOf(runs: readonly Run[]): Listing {
  const places = asTree(runs);
  return {
    all: places.map(({ run }) => factsOf(run)),
    depths: new Map(places.flatMap(({ run, depth }) => (depth > 0 ? [[run.id, depth] as const] : []))),
  };
}

export function shownRows(
  all: readonly RunFacts[],
  { query, state, tag }: Pick<TableView, 'query' | 'state' | 'tag'>,
  sorting: Sorting | null,
): readonly RunFacts[] {
  const ofState = state === '' ? all : all.filter(({ run }) => stateText(run) === state);
  const ofTag = tag === '' ? ofState : ofState.filter(({ run }) => run.tags.includes(tag));
  return sortRows(filterRows(ofTag, query, searchedText), sorting);
}

/** Each once, in the order of a list. */
export const tagsOf = (all: readonly RunFacts[]): readonly string[] =>
  [...new Set(all.flatMap(({ run }) => run.tags))].sort(inOrder);

const searched = new WeakMap<RunFacts, string>();

/** What the filter looks through: "batch 64", "plain-56", "done", a tag, words of a note. */
function searchedText(row: RunFacts): string {
  let text = searched.get(row);
  if (text === undefined) {
    const { run } = row;
    text = [
      run.name,
      stateText(run),
      ...run.tags,
      run.note,
      ...run.views.flatMap(({ name, question, summary }) => [name, question, summary]),
      ...wayTexts(run),
      ...settingKeys.map((key) => `${columns[key]} ${cellText(row, key)}`),
    ].join(' \n');
    searched.set(row, text);
  }
  return text;
}
