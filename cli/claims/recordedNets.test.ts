import { expect, test } from 'vitest';
import { parseRun, runOfLane } from '../../src/model/config.ts';
import { presetAtSize, presets } from '../../src/model/presets.ts';
import { recordedNet } from './recordedNets.ts';

const FOLDER = 'public/recordings';
const depth = presets.find(({ id }) => id === 'depth')!;
const long = presetAtSize(depth, { width: 8, batchSize: 128, steps: 16_000, recipe: 'paper' });
const run = runOfLane(long, long.lanes[0]!);

test('a long run that comes with the page is a trained net, whatever it was tested on', async () => {
  const net = await recordedNet(FOLDER, { ...run, evaluation: { every: 0, images: 1, atEnd: false } });
  expect(net?.error).toHaveLength(16_000);
  // 128 images a batch.
  expect((net!.error[99]! * 128) % 1).toBeCloseTo(0, 2);
  expect(net).toMatchObject({ divergedAt: null, commit: expect.stringMatching(/^[0-9a-f]{7}$/) as unknown });
});

test('so is one that was recorded before there were as many settings', async () => {
  const twins = presets.find(({ id }) => id === 'twins')!;
  const form = presetAtSize(twins, { width: 8, batchSize: 64, steps: 4000, recipe: 'paper' });
  for (const lane of form.lanes) {
    expect((await recordedNet(FOLDER, runOfLane(form, lane)))?.error).toHaveLength(4000);
  }
});

test('what is not recorded, or with other drops of the rate, is not there', async () => {
  expect(await recordedNet(FOLDER, { ...run, seed: 77 })).toBeNull();
  expect(await recordedNet(FOLDER, { ...run, steps: 15_000 })).toBeNull();
  expect(await recordedNet('public/none', parseRun({ model: { depth: 20 }, steps: 5 }))).toBeNull();
});
