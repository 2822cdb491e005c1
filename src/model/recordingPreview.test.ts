import { expect, test } from 'vitest';
import { parseRun } from './config.ts';
import { PREVIEW_POINTS, previewCurve } from './recordingPreview.ts';

const config = parseRun({ model: { depth: 20, block: 'plain', width: 8 }, batchSize: 10, steps: 200 });
const entry = { file: 'a.json', sha256: '', commit: 'abc', config, steps: 200 };
const curve = (wrong: readonly number[], images: readonly (readonly [number, number])[]) =>
  previewCurve(entry, { wrong, images }).error;

test('each point is the error of its share of the steps, by images and not by batches', () => {
  // Two steps a point: 5 of 10 and 1 of 2 images; then 3 of 10 twice.
  const wrong = [5, 1, ...Array<number>(198).fill(3)];
  const error = curve(wrong, [[1, 10], [1, 2], [198, 10]]); // prettier-ignore
  expect(error).toHaveLength(PREVIEW_POINTS);
  expect(error.slice(0, 2)).toEqual([0.5, 0.3]);
  expect(curve([9, 0, ...Array<number>(198).fill(0)], [[1, 9], [1, 1], [198, 10]])[0]).toBe(0.9); // prettier-ignore
});

test('steps that no number of points divides are all counted, each once', () => {
  const wrong = Array.from({ length: 137 }, (_, i) => i % 11);
  const error = curve(wrong, [[137, 10]]);
  expect(error).toHaveLength(PREVIEW_POINTS);
  expect(error.every((share) => share >= 0 && share <= 1)).toBe(true);
});

test('a run of fewer steps than points has no preview', () => {
  expect(() => curve(Array<number>(99).fill(1), [[99, 10]])).toThrow(RangeError);
});
