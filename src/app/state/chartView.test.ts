import { expect, test } from 'vitest';
import { defaultChartView, readChartView, toggleHidden } from './chartView.ts';

test('a kept view is read back; what is hidden, and what stands side by side, is not kept', () => {
  const kept = {
    ...defaultChartView,
    x: 'wall',
    measure: 'gap',
    allMeasures: true,
    sideBySide: true,
    logY: true,
    hidden: ['1/plain-20'],
  } as const;
  expect(readChartView(JSON.parse(JSON.stringify(kept)) as Record<string, unknown>)).toEqual({
    x: 'wall',
    measure: 'gap',
    allMeasures: true,
    logX: false,
    logY: true,
    ignoreOutliers: false,
    paper: false,
  });
});

test('what is no view is left out', () => {
  expect(
    readChartView({
      x: 'moon',
      measure: 'accuracy',
      allMeasures: 'no',
      logX: 1,
      logY: 'yes',
      ignoreOutliers: null,
    }),
  ).toEqual({});
});

test('an eye pressed twice changes nothing', () => {
  expect(toggleHidden(['a'], 'b')).toEqual(['a', 'b']);
  expect(toggleHidden(toggleHidden(['a'], 'b'), 'b')).toEqual(['a']);
});
