import fc from 'fast-check';
import { expect, test } from 'vitest';
import { smooth, Smoother } from './smooth.ts';

const weight = fc.double({ min: 0, max: 0.99, noNaN: true });
const series = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 200 });

test('weight 0 changes nothing', () => {
  expect([...smooth([3, 1, 2], 0)]).toEqual([3, 1, 2]);
});

test('a constant stays the constant from the first step on: the average has no bias', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e3, max: 1e3, noNaN: true }), weight, (constant, w) => {
      for (const value of smooth(new Float64Array(50).fill(constant), w)) {
        expect(value).toBeCloseTo(constant, 9);
      }
    }),
  );
});

test('every value lies between the smallest and the largest so far', () => {
  fc.assert(
    fc.property(series, weight, (values, w) => {
      smooth(values, w).forEach((value, i) => {
        const seen = values.slice(0, i + 1);
        expect(value).toBeGreaterThanOrEqual(Math.min(...seen) - 1e-9);
        expect(value).toBeLessThanOrEqual(Math.max(...seen) + 1e-9);
      });
    }),
  );
});

test('later values do not change earlier averages', () => {
  fc.assert(
    fc.property(series, series, weight, (head, tail, w) => {
      const whole = smooth([...head, ...tail], w);
      expect([...whole.subarray(0, head.length)]).toEqual([...smooth(head, w)]);
    }),
  );
});

test('a NaN stays in its place and leaves the average alone', () => {
  const smoothed = smooth([1, NaN, 3], 0.5);
  expect(smoothed[1]).toBeNaN();
  expect(smoothed[2]).toBe(smooth([1, 3], 0.5)[1]);
});

test('refuses a weight that never forgets', () => {
  expect(() => smooth([1], 1)).toThrow(RangeError);
});

test('a series that grows in packs is smoothed as if it had been there whole', () => {
  fc.assert(
    fc.property(fc.array(series, { maxLength: 20 }), weight, (packs, w) => {
      const smoother = new Smoother(w);
      const whole = packs.flat();
      let length = 0;
      for (const pack of packs) {
        length += pack.length;
        expect([...smoother.extend(whole.slice(0, length))]).toEqual([
          ...smooth(whole, w).subarray(0, length),
        ]);
      }
    }),
  );
});

test('what was read earlier stays, and can be read again', () => {
  const smoother = new Smoother(0.5);
  const values = Array.from({ length: 500 }, (_, i) => Math.sin(i));
  const early = smoother.extend(values.slice(0, 50));
  const copy = [...early];
  smoother.extend(values);
  expect([...early]).toEqual(copy);
  expect([...smoother.extend(values.slice(0, 50))]).toEqual(copy);
});

/** Lengths of the stretches between logged steps. */
const stretches = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 2, maxLength: 12 });
const sums = (lengths: readonly number[]) => lengths.map((_, i) => lengths.slice(0, i + 1).reduce((a, b) => a + b, 0)); // prettier-ignore

test('a log of every step reads as it always did, to the last bit', () => {
  fc.assert(
    fc.property(series, weight, (values, w) => {
      let [moment, mass] = [0, 0];
      const expected = values.map((value) => {
        moment = w * moment + (1 - w) * value;
        mass = w * mass + (1 - w);
        return moment / mass;
      });
      expect([...smooth(values, w)]).toEqual(expected);
      // Wherever it begins: a run that was resumed.
      const later = values.map((_, i) => 5000 + i);
      expect([...smooth(values, w, later)]).toEqual(expected);
    }),
  );
});

test('a curve logged at every hundredth step reads as the same curve logged at every step, within 1e-9', () => {
  const level = (step: number) => (step <= 500 ? 0.9 : step <= 1300 ? 0.6 : 0.4);
  const every = Array.from({ length: 2000 }, (_, i) => level(i + 1));
  const steps = Array.from({ length: 20 }, (_, i) => 100 * (i + 1));
  for (const w of [0, 0.5, 0.9, 0.99]) {
    const [whole, rare] = [smooth(every, w), smooth(steps.map(level), w, steps)];
    rare.forEach((value, i) => expect(value).toBeCloseTo(whole[steps[i]! - 1]!, 9));
  }
});

test('logging a curve of levels at more steps changes nothing, within 1e-9', () => {
  fc.assert(
    fc.property(
      stretches,
      weight,
      fc.infiniteStream(fc.double({ min: -9, max: 9, noNaN: true })),
      fc.nat(),
      (lengths, w, levels, cut) => {
        // prettier-ignore
        // The first row of a log is known to stand for no more steps than the second.
        const sound = [Math.min(lengths[0]!, lengths[1]!), ...lengths.slice(1)];
        const ends = sums(sound);
        const values = sound.map(() => levels.next().value as number);
        const rare = smooth(values, w, ends);
        // Any of the steps between, and all that the rare log has but the first two, which say where it begins.
        const isKept = (step: number) =>
          step <= ends[1]! || ends.includes(step) || (step * 7919) % 3 <= cut % 3;
        const all = Array.from({ length: ends.at(-1)! }, (_, i) => i + 1).filter(isKept);
        const fine = smooth(
          all.map((step) => values[ends.findIndex((end) => step <= end)]!),
          w,
          all,
        );
        ends.forEach((end, i) => expect(rare[i]).toBeCloseTo(fine[all.indexOf(end)]!, 9));
      },
    ),
  );
});

test('a log of epoch means reads about its own values', () => {
  const means = [0.9, 0.7, 0.55, 0.5];
  const steps = [391, 782, 1173, 1564];
  smooth(means, 0.9, steps).forEach((value, i) => expect(value).toBeCloseTo(means[i]!, 12));
  expect(smooth(means, 0.99, steps)[3]).toBeCloseTo(0.501, 2);
});

test('uneven steps: constant stays constant, and every value lies between the extremes so far', () => {
  fc.assert(
    fc.property(
      stretches,
      weight,
      fc.infiniteStream(fc.double({ min: -1e3, max: 1e3, noNaN: true })),
      (lengths, w, levels) => {
        // prettier-ignore
        const steps = sums(lengths);
        const values = steps.map(() => levels.next().value as number);
        smooth(values, w, steps).forEach((value, i) => {
          const seen = values.slice(0, i + 1);
          expect(value).toBeGreaterThanOrEqual(Math.min(...seen) - 1e-9);
          expect(value).toBeLessThanOrEqual(Math.max(...seen) + 1e-9);
        });
        for (const value of smooth(steps.map(() => 0.25), w, steps)) expect(value).toBeCloseTo(0.25, 12); // prettier-ignore
      },
    ),
  );
});

test('the steps that a NaN stands for are left out of the average with it', () => {
  const smoothed = smooth([1, NaN, 3], 0.5, [10, 20, 30]);
  expect(smoothed[1]).toBeNaN();
  expect(smoothed[2]).toBe(smooth([1, 3], 0.5, [10, 20])[1]);
  expect([...smooth([NaN, 1, 1], 0.9, [1, 2, 3])]).toEqual([NaN, 1, 1]);
});

test('a rare log that grows row by row is smoothed as if it had been there whole', () => {
  fc.assert(
    fc.property(stretches, weight, (lengths, w) => {
      const steps = sums(lengths);
      const values = lengths.map((length) => Math.sin(length));
      const smoother = new Smoother(w);
      const whole = smooth(values, w, steps);
      for (let n = 1; n <= steps.length; n++) {
        expect([...smoother.extend(values.slice(0, n), steps.slice(0, n))]).toEqual([
          ...whole.subarray(0, n),
        ]);
      }
    }),
  );
});
