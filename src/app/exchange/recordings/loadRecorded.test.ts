import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { RECORDED_STEPS, recordedPresets, recordedSteps } from '../../../model/recordedPresets.ts';
import { loadRecorded, recordingsOf } from './loadRecorded.ts';
import { readIndex } from './readRecordings.ts';

const files: string[] = [];
const get = (file: string) => {
  files.push(file);
  return Promise.resolve(new Uint8Array(readFileSync(`public/recordings/${file}`)));
};
const ids = (nets: readonly string[]) => nets.flatMap((net) => [`recorded/${net}-s1`, `recorded/${net}-s2`]);

test('the recordings have the steps that the buttons promise, and every preset that is said to be recorded is', async () => {
  const entries = await readIndex(get);
  expect(recordingsOf(null, entries).map(({ steps }) => steps)).toEqual(Array(8).fill(RECORDED_STEPS));
  for (const preset of recordedPresets.keys()) {
    const recorded = recordingsOf(preset, entries);
    expect(recorded.length, preset).toBeGreaterThan(1);
    expect(new Set(recorded.map(({ steps }) => steps)), preset).toEqual(new Set([recordedSteps(preset)]));
  }
});

test('of a preset its nets come, all seeds, and of none or one that was not recorded all', async () => {
  const entries = await readIndex(get);
  const of = (preset: Parameters<typeof recordingsOf>[0]) => recordingsOf(preset, entries).length;
  expect([of('degradation'), of('flip'), of('twins'), of(null), of('optimisers')]).toEqual([4, 4, 8, 8, 8]);
  expect([of('depth'), of('paper')]).toEqual([8, 8]);
});

test('the long ones show what they are said to show: plain-56 ends above plain-20, ResNet-56 below ResNet-20, on training images and on test images', async () => {
  const { runs } = await loadRecorded('depth', new Set(), get);
  const last = ({ error: { values } }: (typeof runs)[number]) =>
    values.slice(-400).reduce((sum, error) => sum + error, 0) / 400;
  const ends = (block: string, depth: number, seed = 1) => {
    const run = runs.find(({ config }) => config?.model.depth === depth && config.model.block === block && config.seed === seed)!; // prettier-ignore
    expect(run.step).toBe(16_000);
    return [last(run), run.evaluations.at(-1)!.error!] as const;
  };
  for (const i of [0, 1] as const)
    for (const seed of [1, 2]) {
      expect(ends('plain', 56, seed)[i]).toBeGreaterThan(ends('plain', 20, seed)[i]);
      expect(ends('basic', 56, seed)[i]).toBeLessThan(ends('basic', 20, seed)[i]);
    }
});

test('what is there already is not loaded again', async () => {
  files.length = 0;
  const loaded = await loadRecorded('flip', new Set(ids(['plain-56'])), get);
  expect(loaded.ids).toEqual(ids(['plain-56', 'resnet-56']));
  expect(loaded.runs.map(({ id, step }) => [id, step])).toEqual(ids(['resnet-56']).map((id) => [id, 4000]));
  expect(files).toEqual(['index.json', 'resnet-56-s1.json', 'resnet-56-s2.json']);
});
