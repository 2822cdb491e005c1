import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packSteps, unpackSteps } from './recording.ts';

test('counts come back exactly, losses to four digits, times to the millisecond, whatever the batches', () => {
  const step = fc.record({
    images: fc.integer({ min: 1, max: 128 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    loss: fc.double({ min: 0, max: 1e6, noNaN: true }),
    learningRate: fc.constantFrom(0.1, 0.01),
    seconds: fc.double({ min: 0, max: 3, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (given) => {
      let [seen, time] = [0, 0];
      const steps = given.map(({ images, share, loss, learningRate, seconds }) => {
        seen += images;
        time += seconds;
        const error = Math.fround(Math.round(share * images) / images);
        // As the command line prints them: what a graphics card gives has 32 bits.
        const epoch = Math.fround(seen / 50_000);
        return { loss, error, learningRate: Math.fround(learningRate), epoch, trainingSeconds: time };
      });
      const back = unpackSteps(packSteps(steps, 50_000), 50_000);
      expect(back.map(({ error }) => Math.fround(error))).toEqual(steps.map(({ error }) => error));
      for (const [i, one] of back.entries()) {
        expect(one.loss).toBe(Number(steps[i]!.loss.toPrecision(4)));
        expect(one.learningRate).toBe(given[i]!.learningRate);
        expect(one.epoch).toBeCloseTo(steps[i]!.epoch, 6);
        expect(Math.abs(one.trainingSeconds - steps[i]!.trainingSeconds)).toBeLessThanOrEqual(0.0005001);
      }
    }),
  );
});

test('a loss that is no number stays one', () => {
  const step = { loss: NaN, error: 1, learningRate: 0.1, epoch: 64 / 50_000, trainingSeconds: 1 };
  expect(
    unpackSteps(JSON.parse(JSON.stringify(packSteps([step], 50_000))) as never, 50_000)[0]!.loss,
  ).toBeNaN();
});
