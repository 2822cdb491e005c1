import { expect, test } from 'vitest';
import { createRandom } from '../../src/model/random.ts';
import { StatisticsCounter } from './statistics.ts';

test('statistics over several parts are those of all images', () => {
  const random = createRandom('statistics');
  const pixels = Uint8Array.from({ length: 5 * 3072 }, (_, i) => random.integer(80 * ((i % 3) + 1)));
  const labels = [3, 1, 3, 9, 0];
  const counter = new StatisticsCounter();
  counter.add(pixels.subarray(0, 2 * 3072), labels.slice(0, 2));
  counter.add(pixels.subarray(2 * 3072), labels.slice(2));
  const { images, classes, mean, deviation, meanImage } = counter.result();

  expect(images).toBe(5);
  expect(classes).toEqual([1, 1, 0, 2, 0, 0, 0, 0, 0, 1]);
  for (const c of [0, 1, 2]) {
    const values = Array.from(
      pixels.filter((_, i) => i % 3 === c),
      (byte) => byte / 255,
    );
    const expected = values.reduce((sum, value) => sum + value) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - expected) ** 2, 0) / values.length;
    expect(mean[c]).toBeCloseTo(expected, 12);
    expect(deviation[c]).toBeCloseTo(Math.sqrt(variance), 12);
  }
  const column = [0, 1, 2, 3, 4].map((image) => pixels[image * 3072 + 77]!);
  expect(meanImage[77]).toBeCloseTo(column.reduce((sum, byte) => sum + byte) / 5 / 255, 6);
});
