import { useApp } from '../state/hooks/AppContext.ts';
import type { RunOrigin } from '../state/runOrigin.ts';
import { runs as words } from './enRuns.ts';

interface Props {
  readonly origin: RunOrigin | 'all';
  /** Whether runs come with the page. */
  readonly hasRecorded: boolean;
}

/** What stands where no run is listed: what would bring one, and the way there. */
export function NoRuns({ origin, hasRecorded }: Props) {
  const app = useApp();
  if (origin === 'recorded' || origin === 'file') return <p className="field-hint">{words.empty[origin]}</p>;
  return (
    <div className="runs-none">
      <h2>{words.none}</h2>
      <p>{words.empty[origin]}</p>
      <button type="button" className="button-main" onClick={() => app.goTo('lab')}>
        {words.toLab}
      </button>
      {hasRecorded && (
        <button type="button" className="button-large" onClick={() => app.showRuns('recorded')}>
          {words.toRecorded}
        </button>
      )}
    </div>
  );
}
