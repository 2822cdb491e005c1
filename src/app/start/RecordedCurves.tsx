import { useEffect, useState } from 'react';
import { modelName } from '../../model/families.ts';
import type { RecordingPreview } from '../../model/recordingPreview.ts';
import { useAppState } from '../state/hooks/AppContext.ts';
import { laneStyles, unknownStyle } from '../runs/looks/laneStyles.ts';
import { recordedCurves, recordedUnnamed } from './enStart.ts';
import { fetchPreview } from './fetchPreview.ts';
import { Spark } from '../runs/looks/Spark.tsx';

/**
 * Recorded runs that play faintly behind the question: an ornament, which is not there before it has come, and whose room is. Before the
 * question was answered they have no colour and no name, so that they do not answer it.
 */
export function RecordedCurves() {
  const [preview, setPreview] = useState<RecordingPreview | null>(null);
  useEffect(() => {
    const gone = new AbortController();
    void fetchPreview(gone.signal).then((found) => {
      if (!gone.signal.aborted) setPreview(found);
    });
    return () => gone.abort();
  }, []);
  return (
    <div className="start-recorded" aria-hidden="true">
      {preview && <Curves {...preview} />}
    </div>
  );
}

function Curves({ curves }: RecordingPreview) {
  const isAnswered = useAppState((state) => state.prediction !== null);
  const styles = isAnswered ? laneStyles(curves) : curves.map(() => unknownStyle);
  const lines = curves.map(({ file, error }, i) => ({ key: file, style: styles[i]!, values: error }));
  const fromTop = curves.toSorted((a, b) => b.error.at(-1)! - a.error.at(-1)!);
  return (
    <>
      <Spark className="start-recorded-curves" lines={lines} width={1000} height={300} />
      <p>
        {isAnswered
          ? recordedCurves(fromTop.map(modelName), Math.min(...curves.map(({ steps }) => steps)))
          : recordedUnnamed}
      </p>
    </>
  );
}
