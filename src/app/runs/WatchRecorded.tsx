import { recordedSteps } from '../../model/recordedPresets.ts';
import type { PresetId } from '../../model/presetId.ts';
import { useApp } from '../state/hooks/AppContext.ts';
import { watch as words } from './enWatch.ts';

/** One press to the recorded curves, of the nets that a preset's claim needs; of all with null. */
export function WatchRecorded({ preset, onPress }: { preset: PresetId | null; onPress?: () => void }) {
  const app = useApp();
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
      {preset === 'depth' ? words.crossing(recordedSteps(preset)) : words.one(recordedSteps(preset))}
    </button>
  );
}
