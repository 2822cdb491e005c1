import { useMemo, type ReactNode } from 'react';
import { useApp, useAppState, useSlowAppState } from '../state/hooks/AppContext.ts';
import { NoRuns } from './NoRuns.tsx';
import { runs as words } from './enRuns.ts';
import { lazyPart } from '../ui/parts/lazyPart.tsx';
import { listedRuns } from './allRuns.ts';
import { UnreadableNote } from './storage/UnreadableNote.tsx';
import type { GoesOnFrom } from './table/tableContext.ts';
import { sameItems } from '../state/sameItems.ts';
import { countByOrigin, runOrigins, type RunOrigin } from '../state/runOrigin.ts';

/** Milliseconds between two counts while runs train. */
const BEAT = 1000;

/** The table is not needed before there is a run. */
const RunsTable = lazyPart('RunsTable', () =>
  import('./table/RunsTable.tsx').then((module) => module.RunsTable),
);

interface Props {
  /** Lists the runs that come with the page. */
  readonly recordings: ReactNode;
  /** How many come with the page, shown or not; null where that is not known. */
  readonly recordedCount: number | null;
  /** Opens what brings runs in and out. */
  readonly exchange: ReactNode;
  readonly goesOnFrom: GoesOnFrom;
}

/** Every run that there is, and those that come with the page to be put beside them. */
export function RunsPanel({ recordings, recordedCount, exchange, goesOnFrom }: Props) {
  const app = useApp();
  const runs = useSlowAppState(listedRuns, BEAT, { isSame: sameItems });
  const dropped = useAppState((state) => state.archive.dropped);
  const origin = useAppState((state) => state.runsOrigin);
  const counts = useMemo(() => countByOrigin(runs), [runs]);
  const countOf = (one: RunOrigin | 'all') => {
    if (one === 'all') return words.listedOf(runs.length, runs.length);
    return words.listedOf(
      counts[one],
      one === 'recorded' ? Math.max(counts.recorded, recordedCount ?? 0) : counts[one],
    );
  };
  return (
    <section className="runs" aria-labelledby="runs-heading">
      <div className="runs-head">
        <h1 id="runs-heading">{words.heading}</h1>
        {exchange}
      </div>
      <fieldset className="runs-origins">
        <legend className="visually-hidden">{words.origins}</legend>
        {(['all', ...runOrigins] as const).map((one) => (
          <label key={one}>
            <input type="radio" name="origin" checked={one === origin} onChange={() => app.showRuns(one)} />
            {words.origin[one]} <span>{countOf(one)}</span>
          </label>
        ))}
      </fieldset>
      {dropped > 0 && <p className="note">{words.dropped(dropped)}</p>}
      <UnreadableNote />
      <DeletedNote />
      {origin === 'recorded' && recordings}
      {(origin === 'all' ? runs.length : counts[origin]) === 0 ? (
        <NoRuns origin={origin} hasRecorded={recordedCount !== null && recordedCount > 0} />
      ) : (
        <RunsTable origin={origin} goesOnFrom={goesOnFrom} />
      )}
    </section>
  );
}

function DeletedNote() {
  const app = useApp();
  const deleted = useAppState((state) => state.deleted);
  const count = deleted?.runs.length ?? 0;
  const moments = [...(deleted?.moments.values() ?? [])].flat().length;
  const views = [...(deleted?.views.values() ?? [])].flat().length;
  return (
    <p className="runs-deleted" role="status">
      {deleted && (
        <>
          {words.deleted(count, moments, views)}{' '}
          <button type="button" className="link-button" onClick={() => app.undoDelete()}>
            {words.undo}
          </button>{' '}
          <button type="button" className="link-button" onClick={() => app.forgetDeleted()}>
            {words.dismiss}
          </button>
        </>
      )}
    </p>
  );
}
