import { useSlowAppState } from '../state/hooks/AppContext.ts';
import { trainControl } from './enTrainControl.ts';
import type { AppState } from '../state/AppState.ts';

const selectData = (state: AppState) => state.training.data;

/** The rule below the head of the lab. While the dataset loads it is drawn on, in grey: it is no progress of the training. */
export function DataRule() {
  const data = useSlowAppState(selectData, 200);
  const loads = data !== null && data.bytesLoaded < data.bytes;
  if (!loads) return <div className="rule" />;
  const share = Math.round((100 * data.bytesLoaded) / Math.max(1, data.bytes));
  return (
    <div
      className="rule"
      role="progressbar"
      aria-label={trainControl.dataBar}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share}
      title={trainControl.data(data)}
    >
      <div style={{ width: `${share}%` }} />
    </div>
  );
}
