import { useMemo, useState } from 'react';
import { useApp, useAppState, useSlowAppState } from '../../state/hooks/AppContext.ts';
import { runsTable as words } from './enRunsTable.ts';
import { differenceText, stateText } from './rowTexts.ts';
import { sameItems } from '../../state/sameItems.ts';
import { listedRuns } from '../allRuns.ts';
import type { RunOrigin } from '../../state/runOrigin.ts';
import { furtherKeys, resultKeys, settingKeys, type ColumnKey } from './runFacts.ts';
import { byAge, differingSettings, type Sorting } from './runsTable.ts';
import { tableItems } from './items.ts';
import { columnTracks } from './columnTracks.ts';
import { listingOf, shownRows, tagsOf } from './shownRows.ts';
import { ALL_DRAWN, RunsRows } from './RunsRows.tsx';
import { RunsHead } from './RunsHead.tsx';
import { RunsSelection } from './RunsSelection.tsx';
import { RunsTools, type TableView } from './RunsTools.tsx';
import { TableContext, type GoesOnFrom, type TableContextValue } from './tableContext.ts';
import { FreeSpace } from '../storage/FreeSpace.tsx';

/** Milliseconds between two drawings while runs train. */
const BEAT = 1000;

interface Props {
  readonly origin: RunOrigin | 'all';
  readonly goesOnFrom: GoesOnFrom;
}

/** The runs of an origin: those on the page, and those that are kept without their curves. */
export function RunsTable({ origin, goesOnFrom }: Props) {
  const app = useApp();
  const every = useSlowAppState(listedRuns, BEAT, { isSame: sameItems });
  const runs = useMemo(
    () => (origin === 'all' ? every : every.filter((run) => run.origin === origin)),
    [every, origin],
  );
  const grouped = useAppState((state) => state.grouped);
  const showsAll = useAppState((state) => state.view.density === 'full');
  const showsMoments = useAppState((state) => state.moments.size > 0) && showsAll;
  const [view, setView] = useState<TableView>({ query: '', state: '', tag: '', differencesOnly: true });
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const [damaged, setDamaged] = useState<readonly string[]>([]);
  // State and no ref: the rows are there before what scrolls them is, and are drawn again once it is.
  const [scroll, setScroll] = useState<HTMLElement | null>(null);

  const { all, depths } = useMemo(() => listingOf(runs), [runs]);
  const rows = useMemo(() => shownRows(all, view, sorting), [all, view, sorting]);
  const settings = useMemo(
    () => (view.differencesOnly ? differingSettings(rows) : settingKeys),
    [rows, view.differencesOnly],
  );
  const items = useMemo(() => tableItems(rows, { grouped, expanded }), [rows, grouped, expanded]);
  const tags = useMemo(() => tagsOf(all), [all]);
  const tag = tags.includes(view.tag) ? view.tag : '';
  const states = useMemo(() => [...new Set(all.map(({ run }) => stateText(run)))], [all]);
  const difference = useMemo(() => differenceText(sorting ? rows : byAge(rows)), [rows, sorting]);
  const chosen = useMemo(
    () => rows.flatMap(({ run }) => (selected.has(run.id) ? [run] : [])),
    [rows, selected],
  );

  const keys = useMemo((): readonly ColumnKey[] => {
    const results = resultKeys.filter((key) => showsAll || !furtherKeys.includes(key));
    return [...results.slice(0, 2), ...settings, ...results.slice(2)];
  }, [settings, showsAll]);
  const table = useMemo(
    (): TableContextValue => ({
      keys,
      goesOnFrom,
      showsMoments,
      columnCount: keys.length + (showsMoments ? 4 : 3),
      onSelect: (ids, on) => setSelected((before) => changed(before, ids, on)),
      onExpand: (key, on) => setExpanded((before) => changed(before, [key], on)),
      onTag: (one) => setView((before) => ({ ...before, tag: one })),
      onShow: (ids) => void app.loadRuns(ids).then(setDamaged),
    }),
    [app, keys, goesOnFrom, showsMoments],
  );
  const isLong = items.length > ALL_DRAWN;
  const tracks = useMemo(
    () => (isLong ? columnTracks(keys, rows, showsMoments) : null),
    [isLong, keys, rows, showsMoments],
  );

  return (
    <TableContext value={table}>
      <RunsTools view={{ ...view, tag }} states={states} tags={tags} onChange={setView} />
      {rows.length < all.length && <p className="runs-count">{words.count(rows.length, all.length)}</p>}
      <p className="runs-summary">{difference}</p>
      <p className="note runs-damaged" role="status">
        {damaged.length > 0 && words.damaged(damaged)}
      </p>
      <RunsSelection runs={chosen} onShow={table.onShow} onDone={() => setSelected(new Set())} />
      {rows.length === 0 ? (
        <p className="field-hint">{words.noneFound}</p>
      ) : (
        <div
          className="runs-scroll"
          data-long={isLong}
          ref={setScroll}
          tabIndex={0}
          role="region"
          aria-label={words.caption}
        >
          <table
            role="table"
            aria-rowcount={items.length + 1}
            data-long={isLong}
            style={tracks ? { '--runs-columns': tracks.columns, '--runs-width': tracks.width } : {}}
          >
            <caption className="visually-hidden">{words.caption}</caption>
            <RunsHead
              sorting={sorting}
              onSort={setSorting}
              allSelected={chosen.length === rows.length}
              onSelectAll={(on) =>
                table.onSelect(
                  rows.map(({ run }) => run.id),
                  on,
                )
              }
            />
            <RunsRows items={items} selected={selected} expanded={expanded} depths={depths} scroll={scroll} />
          </table>
        </div>
      )}
      <FreeSpace chosen={chosen} />
    </TableContext>
  );
}

function changed(set: ReadonlySet<string>, ids: readonly string[], on: boolean): ReadonlySet<string> {
  const next = new Set(set);
  for (const id of ids) {
    if (on) next.add(id);
    else next.delete(id);
  }
  return next;
}
