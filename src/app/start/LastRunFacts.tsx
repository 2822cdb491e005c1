import { useMemo } from 'react';
import { factsOf } from '../runs/table/runFacts.ts';
import { useApp } from '../state/hooks/AppContext.ts';
import type { Run } from '../state/run.ts';
import { LaneMark } from '../ui/Marker.tsx';
import { lastRun as words } from './enStart.ts';
import { Spark } from '../runs/looks/Spark.tsx';
import { thinned } from '../runs/looks/spark.ts';
import { standingOf } from './standing.ts';

/** Runs that are named; of more their number is told. */
const NAMED = 5;

const lineOf = ({ id, style, error }: Run) => ({ key: id, style, values: thinned(error.values) });

/** The nets of an experiment, how far they came, and the way back to them. */
export function LastRunFacts({ runs }: { readonly runs: readonly Run[] }) {
  const { goTo } = useApp();
  const lines = useMemo(() => runs.slice(0, NAMED).map(lineOf), [runs]);
  const standing = standingOf(runs);
  const named = runs.slice(0, NAMED);
  const isDrawn = lines.some(({ values }) => values.length > 1);
  return (
    <>
      <ul className="start-runs">
        {named.map((run) => (
          <li key={run.id}>
            <LaneMark style={run.style} />
            <span>
              <b>{run.name}</b> {words.trainingError(factsOf(run).trainingError)}
            </span>
          </li>
        ))}
      </ul>
      <p>
        {runs.length > NAMED && <>{words.more(runs.length - NAMED)}. </>}
        {standing && words.standing(standing)}
      </p>
      {isDrawn && <Spark className="start-spark" lines={lines} width={96} height={26} />}
      <button type="button" className="button-small" onClick={() => goTo('lab')}>
        {words.go}
      </button>
    </>
  );
}
