import { useEffect, useState } from 'react';
import { modelName } from '../../model/families.ts';
import type { RecordingPreview } from '../../model/recordingPreview.ts';
import { laneStyles } from '../runs/looks/laneStyles.ts';
import { recordedCurves } from './enStart.ts';
import { fetchPreview } from './fetchPreview.ts';
import { Spark } from '../runs/looks/Spark.tsx';

/** Recorded runs that play faintly behind the question: an ornament, which is not there before it has come, and whose room is. */
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
  const styles = laneStyles(curves);
  const lines = curves.map(({ file, error }, i) => ({ key: file, style: styles[i]!, values: error }));
  return (
    <>
      <Spark className="start-recorded-curves" lines={lines} width={1000} height={300} />
      <p>{recordedCurves(curves.map(modelName), Math.min(...curves.map(({ steps }) => steps)))}</p>
    </>
  );
}
