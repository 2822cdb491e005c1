import { RECORDED_STEPS, recordedSteps } from '../../model/recordedPresets.ts';
import type { PresetId } from '../../model/presetId.ts';
import { useApp } from '../state/hooks/AppContext.ts';
import { watch as words } from './enWatch.ts';

/** One press to the recorded curves, of the nets that a preset's claim needs; of all with null. */
export function WatchRecorded({ preset, onPress }: { preset: PresetId | null; onPress?: () => void }) {
  const app = useApp();
  const steps = recordedSteps(preset);
  return (
    <button
      type="button"
      className="button-small"
      title={words.hint}
      onClick={() => {
        onPress?.();
        void app.watchRecorded(preset);
      }}
    >
      {steps === RECORDED_STEPS ? words.one(steps) : words.crossing(steps)}
    </button>
  );
}
