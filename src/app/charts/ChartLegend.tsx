import { useMemo } from 'react';
import { sameItems } from '../state/sameItems.ts';
import { useApp, useAppState, useSlowAppState } from '../state/hooks/AppContext.ts';
import { charts as words, tools } from './enCharts.ts';
import { toggleHidden } from '../state/chartView.ts';
import { isSameEntry, legendEntries, type LegendEntry } from './sources/curveSources.ts';
import { otherRecipes } from '../runs/otherRecipes.ts';
import { LaneMark } from '../ui/Marker.tsx';

/** Milliseconds between two looks at the lanes' names. */
const BEAT = 500;

const areSame = (a: readonly LegendEntry[], b: readonly LegendEntry[]) => sameItems(a, b, isSameEntry);

/**
 * Every run that is not of the present experiment, whose lanes are listed elsewhere: pressed if it is drawn. Hidden runs of other settings
 * are only counted, so that an afternoon of experiments does not fill it.
 */
export function ChartLegend() {
  const { setView, setHidden, highlight } = useApp();
  const entries = useSlowAppState(legendEntries, BEAT, { isSame: areSame });
  const hidden = useAppState((state) => state.view.hidden);
  const kept = useAppState((state) => state.archive.kept);
  const trained = useAppState((state) => state.training.experiment);
  const aside = useMemo(
    () => (trained ? otherRecipes(kept, trained).filter((id) => hidden.includes(id)) : []),
    [kept, trained, hidden],
  );
  const listed = entries.filter(({ id, faint }) => faint && !aside.includes(id));
  if (listed.length === 0 && aside.length === 0) return null;
  return (
    <div className="legend">
      {listed.length > 0 && (
        <span className="legend-lanes" role="group" aria-label={tools.legend}>
          {listed.map(({ id, name, style }) => (
            <button
              key={id}
              type="button"
              className="legend-lane"
              aria-pressed={!hidden.includes(id)}
              onClick={() => setView({ hidden: toggleHidden(hidden, id) })}
              onPointerEnter={() => highlight(id)}
              onPointerLeave={() => highlight(null)}
              onFocus={() => highlight(id)}
              onBlur={() => highlight(null)}
            >
              <LaneMark style={style} />
              {name}
            </button>
          ))}
        </span>
      )}
      {aside.length > 0 && (
        <span className="legend-aside">
          {words.aside(aside.length)}{' '}
          <button type="button" className="link-button" onClick={() => setHidden(aside, false)}>
            {words.showAside(aside.length)}
          </button>
        </span>
      )}
    </div>
  );
}
