import { useApp, useAppState } from '../state/hooks/AppContext.ts';
import { twoDecimals } from '../ui/format.ts';
import { Term } from '../ui/glossary/Term.tsx';
import { tools as words } from './enCharts.ts';

/** How much the training curves are smoothed. */
export function Smoothing() {
  const { setView } = useApp();
  const smoothing = useAppState((state) => state.view.smoothing);
  const text = twoDecimals(smoothing);
  return (
    <label className="smoothing" title={words.smoothingHint}>
      <Term id="smoothing">{words.smoothing}</Term>
      <input
        type="range"
        min="0"
        max="0.99"
        step="0.01"
        value={smoothing}
        aria-valuetext={text}
        onChange={(event) => setView({ smoothing: Number(event.target.value) })}
      />
      <span className="tools-value" aria-hidden="true">
        {text}
      </span>
    </label>
  );
}
