import { expect, test } from 'vitest';
import { createRandom } from '../model/random.ts';
import { autocorrelation, brownianNoise, whiteNoise } from './autocorrelation.ts';

test('is the definition, by another way: of sums of one component by hand, of more as their weighted mean', () => {
  // Less its mean 2: -2, -1, 0, 3; squares 14; lag 1: 2 + 0 + 0; lag 2: 0 - 3.
  expect([...autocorrelation([0, 1, 2, 5], 4, 2)]).toEqual([1, 2 / 14, -3 / 14]);
  // The transform of the power spectrum of the series, filled up with zeros (Wiener-Khinchin).
  const [points, size, lags] = [31, 5, 12];
  const random = createRandom(3);
  const series = Float64Array.from({ length: points * size }, (_, i) => random.normal() * (1 + (i % size)));
  const sums = Array<number>(lags + 1).fill(0);
  const long = 2 * points;
  for (let c = 0; c < size; c++) {
    const own = Array.from({ length: points }, (_, t) => series[t * size + c]!);
    const mean = own.reduce((sum, value) => sum + value, 0) / points;
    const power = Array.from({ length: long }, (_, f) => {
      const at = (wave: (x: number) => number) =>
        own.reduce((sum, value, t) => sum + (value - mean) * wave((2 * Math.PI * f * t) / long), 0);
      return at(Math.cos) ** 2 + at(Math.sin) ** 2;
    });
    for (let lag = 0; lag <= lags; lag++)
      sums[lag]! += power.reduce((sum, p, f) => sum + p * Math.cos((2 * Math.PI * f * lag) / long), 0) / long;
  }
  const found = autocorrelation(series, points, lags);
  sums.forEach((sum, lag) => expect(found[lag]).toBeCloseTo(sum / sums[0]!, 10));
});

test('white noise forgets at once, Brownian noise slowly', () => {
  const random = createRandom(1);
  const white = autocorrelation(whiteNoise(random, 256, 400), 256, 40);
  const brownian = autocorrelation(brownianNoise(random, 256, 400), 256, 40);
  for (let lag = 1; lag <= 40; lag++) {
    // Its mean is taken out of 256 points: -(256 - lag) / 256 / 255.
    expect(white[lag]).toBeCloseTo(-(256 - lag) / 256 / 255, 1.9);
    expect(brownian[lag]).toBeLessThan(brownian[lag - 1]!);
  }
  expect(brownian[10]).toBeGreaterThan(0.8);
});

test('where nothing varies, or is no number, there is none; and not of fewer points than lags', () => {
  expect([...autocorrelation([3, 3, 3], 3, 2)]).toEqual([NaN, NaN, NaN]);
  expect([...autocorrelation([3, NaN, 3], 3, 1)]).toEqual([NaN, NaN]);
  expect(() => autocorrelation([1, 2, 3], 3, 3)).toThrow(RangeError);
  expect(() => autocorrelation([1, 2, 3], 2, 1)).toThrow(RangeError);
});
