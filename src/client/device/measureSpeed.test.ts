import { expect, test } from 'vitest';
import { costOf, glance, probes, type Probe } from '../../model/cost.ts';
import { parseExperiment } from '../../model/config.ts';
import { ratesBy } from './measureSpeed.ts';

/** A device that takes so many seconds for each image of the narrow net, and four times as many for the wide one. */
function device(perImage: number) {
  const asked: Probe[] = [];
  const seconds = (probe: Probe) => {
    asked.push(probe);
    return Promise.resolve(perImage * probe.batchSize * (probe.model.width / 8) ** 2);
  };
  return { asked, seconds };
}

test('a device that is surely slow is asked for two images, not for a batch: 0.4 s instead of 80', async () => {
  const { asked, seconds } = device(0.2);
  const rates = await ratesBy(seconds, true);
  expect(asked).toEqual([glance]);
  const experiment = parseExperiment({
    lanes: [{ id: 'a', model: { depth: 8, width: 8 } }],
    recipe: { steps: 1, batchSize: 32, evaluation: { every: 0, atEnd: false } },
  });
  expect(costOf(experiment, { rates, lanesAtOnce: 1 }).stepSeconds).toBeCloseTo(0.2 * 32, 6);
});

test('one that is quick after all is measured as every other', async () => {
  const quick = device(0.001);
  await ratesBy(quick.seconds, true);
  expect(quick.asked).toEqual([glance, ...probes]);
  const usual = device(0.001);
  await ratesBy(usual.seconds, false);
  expect(usual.asked).toEqual([...probes]);
  const slow = device(0.1);
  await ratesBy(slow.seconds, false);
  expect(slow.asked).toEqual([probes[0]]);
});
