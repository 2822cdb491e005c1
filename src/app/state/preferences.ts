/** How the page is looked at, kept in this browser. */
import { readChartView } from './chartView.ts';
import { densities, themes, type View } from './AppState.ts';

const KEY = 'residual-playground.view.1';

export interface Preferences {
  read(): Partial<View>;
  write(view: View): void;
}

/** Where storage is forbidden or holds something else, nothing is remembered, and nothing fails. */
export function localPreferences(): Preferences {
  return {
    read: () => {
      try {
        return sound(JSON.parse(localStorage.getItem(KEY) ?? '{}'));
      } catch {
        return {};
      }
    },
    write: (view) => {
      try {
        localStorage.setItem(KEY, JSON.stringify(view));
      } catch {
        // Private windows and full disks: the choice holds until the page is closed.
      }
    },
  };
}

function sound(stored: unknown): Partial<View> {
  if (typeof stored !== 'object' || stored === null) return {};
  const record = stored as Readonly<Record<string, unknown>>;
  const { theme, density, smoothing } = record;
  const known = themes.find((candidate) => candidate === theme);
  const shown = densities.find((candidate) => candidate === density);
  return {
    ...(known && { theme: known }),
    ...(shown && { density: shown }),
    ...(typeof smoothing === 'number' && smoothing >= 0 && smoothing < 1 && { smoothing }),
    ...readChartView(record),
  };
}
