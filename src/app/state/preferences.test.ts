import { afterEach, expect, test, vi } from 'vitest';
import type { View } from './AppState.ts';
import { defaultChartView } from './chartView.ts';
import { localPreferences } from './preferences.ts';

const view: View = { ...defaultChartView, theme: 'dark', density: 'full', smoothing: 0.5 };
const KEY = 'residual-playground.view.1';

function storage(stored?: string) {
  const kept = new Map(stored === undefined ? [] : [[KEY, stored]]);
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
  return localPreferences();
}
afterEach(() => vi.unstubAllGlobals());

test('the theme, how much is shown, and the smoothing are kept', () => {
  const preferences = storage();
  expect(preferences.read()).toEqual({});
  preferences.write(view);
  expect(preferences.read()).toMatchObject({ theme: 'dark', density: 'full', smoothing: 0.5 });
});

test.each(['"all"', '1', 'null', '["full"]', '"constructor"'])('%s is no density', (density) => {
  expect(storage(`{"theme":"light","density":${density}}`).read()).toEqual({ theme: 'light' });
});

test.each(['nothing', 'null', '7', '[]'])('where %s is kept, nothing is remembered', (stored) => {
  expect(storage(stored).read()).toEqual({});
});

test('where storage is forbidden, nothing fails', () => {
  const forbid = () => {
    throw new DOMException('forbidden', 'SecurityError');
  };
  vi.stubGlobal('localStorage', { getItem: forbid, setItem: forbid });
  const preferences = localPreferences();
  preferences.write(view);
  expect(preferences.read()).toEqual({});
});
