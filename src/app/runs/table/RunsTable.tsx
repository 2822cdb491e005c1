import { useMemo, useState } from 'react';
import { useAppState, useSlowAppState } from '../../state/hooks/AppContext.ts';
import { columnHints, columns, runsTable as words } from './enRunsTable.ts';
import { cellText, differenceText, stateText } from './rowTexts.ts';
import { sameItems } from '../../state/sameItems.ts';
import { allRuns } from '../allRuns.ts';
import type { RunOrigin } from '../../state/runOrigin.ts';
import { factsOf, resultKeys, settingKeys, type ColumnKey, type RunFacts } from './runFacts.ts';
import { differingSettings, filterRows, groupRows, sortRows, type Sorting } from './runsTable.ts';
import { Term } from '../../ui/glossary/Term.tsx';
import { columnTerms } from './columnTerms.ts';
import { GroupRow } from './GroupRow.tsx';
import { RunRow } from './RunRow.tsx';
import { RunsSelection } from './RunsSelection.tsx';
import { RunsTools, type TableView } from './RunsTools.tsx';

/** Milliseconds between two drawings while runs train. */
const BEAT = 1000;

/** The runs of an origin. */
export function RunsTable({ origin }: { origin: RunOrigin | 'all' }) {
  const every = useSlowAppState(allRuns, BEAT, { isSame: sameItems });
  const runs = useMemo(
    () => (origin === 'all' ? every : every.filter((run) => run.origin === origin)),
    [every, origin],
  );
  const grouped = useAppState((state) => state.grouped);
  const [view, setView] = useState<TableView>({ query: '', state: '', differencesOnly: true });
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());

  const all = useMemo(() => runs.map(factsOf), [runs]);
  const rows = useMemo(() => sortRows(shownRows(all, view), sorting), [all, view, sorting]);
  const settings = useMemo(
    () => (view.differencesOnly ? differingSettings(rows) : settingKeys),
    [rows, view.differencesOnly],
  );
  const keys: readonly ColumnKey[] = [...resultKeys.slice(0, 2), ...settings, ...resultKeys.slice(2)];
  const chosen = rows.filter(({ run }) => selected.has(run.id)).map(({ run }) => run);
  const shared = {
    keys,
    selected,
    onSelect: (ids: readonly string[], on: boolean) => setSelected(changed(selected, ids, on)),
  };

  return (
    <>
      <RunsTools view={view} states={[...new Set(all.map(({ run }) => stateText(run)))]} onChange={setView} />
      <p className="runs-summary">{differenceText(rows)}</p>
      <RunsSelection runs={chosen} onDone={() => setSelected(new Set())} />
      {rows.length === 0 ? (
        <p className="field-hint">{words.noneFound}</p>
      ) : (
        <div className="runs-scroll" tabIndex={0} role="region" aria-label={words.caption}>
          <table>
            <caption className="visually-hidden">{words.caption}</caption>
            <thead>
              <tr>
                <th scope="col" className="runs-lead">
                  <input
                    type="checkbox"
                    aria-label={words.selectAll}
                    checked={chosen.length === rows.length}
                    onChange={({ target }) =>
                      shared.onSelect(
                        rows.map(({ run }) => run.id),
                        target.checked,
                      )
                    }
                  />
                </th>
                {keys.map((key) => (
                  <SortHeader key={key} column={key} sorting={sorting} onSort={setSorting} />
                ))}
              </tr>
            </thead>
            <tbody>
              {grouped
                ? groupRows(rows).map((group) => (
                    <GroupRow
                      key={group.key}
                      group={group}
                      expanded={expanded.has(group.key)}
                      onExpand={(on) => setExpanded(changed(expanded, [group.key], on))}
                      {...shared}
                    />
                  ))
                : rows.map((row) => (
                    <RunRow
                      key={row.run.id}
                      row={row}
                      keys={keys}
                      selected={selected.has(row.run.id)}
                      onSelect={(on) => shared.onSelect([row.run.id], on)}
                    />
                  ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function shownRows(all: readonly RunFacts[], { query, state }: TableView): readonly RunFacts[] {
  const ofState = state === '' ? all : all.filter(({ run }) => stateText(run) === state);
  return filterRows(ofState, query, searchedText);
}

/** What the filter looks through: "batch 64", "plain-56", "done". */
function searchedText(row: RunFacts): string {
  return [
    row.run.name,
    stateText(row.run),
    ...settingKeys.map((key) => `${columns[key]} ${cellText(row, key)}`),
  ].join(' \n');
}

function changed(set: ReadonlySet<string>, ids: readonly string[], on: boolean): ReadonlySet<string> {
  const next = new Set(set);
  for (const id of ids) {
    if (on) next.add(id);
    else next.delete(id);
  }
  return next;
}

interface SortHeaderProps {
  readonly column: ColumnKey;
  readonly sorting: Sorting | null;
  readonly onSort: (sorting: Sorting | null) => void;
}

/** Ascending, descending, and back to the order in which the runs came. */
function SortHeader({ column, sorting, onSort }: SortHeaderProps) {
  const direction = sorting?.key === column ? sorting.direction : 'none';
  const term = columnTerms[column];
  const next = { none: 'ascending', ascending: 'descending', descending: null } as const;
  return (
    <th scope="col" aria-label={columns[column]} aria-sort={direction} title={columnHints[column]}>
      <button
        type="button"
        onClick={() => {
          const to = next[direction];
          onSort(to && { key: column, direction: to });
        }}
      >
        {columns[column]}
        <span aria-hidden="true">{{ none: '', ascending: ' \u2191', descending: ' \u2193' }[direction]}</span>
      </button>
      {term && <Term id={term} beside={columns[column]} />}
    </th>
  );
}
