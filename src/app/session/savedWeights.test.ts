import { expect, test } from 'vitest';
import { weightsInCheckpoint, encodeCheckpoint } from '../../model/checkpoint.ts';
import { decodeSafetensors } from '../../model/safetensors.ts';
import { checkpointOf } from '../../model/testing/checkpoints.ts';
import { freshRuns, grown, over } from '../runs/testing/grownRun.ts';
import { keptSession, momentAt } from './testing/keptSession.ts';

const [run] = freshRuns();
const checkpoint = checkpointOf();
const file = await encodeCheckpoint(checkpoint);
const kept = { checkpointOf: () => Promise.resolve(file.slice(0)) };

test('of a run that came back after a reload the weights of its last moment are saved, and it is said of which step', async () => {
  const { app, stage } = keptSession(kept);
  stage([over(grown(run, 9), 'interrupted')], { [run.id]: [momentAt(2), momentAt(7), momentAt(12)] });
  const saved = await app.exportWeights(run.lane);
  expect(saved.step).toBe(7);
  const names = [...decodeSafetensors(saved.file).keys()];
  expect(names.length).toBeGreaterThan(5);
  expect(names.filter((name) => name.startsWith('optimizer.'))).toEqual([]);
  for (const [name, { values }] of decodeSafetensors(await weightsInCheckpoint(file))) {
    expect(values, name).toEqual(checkpoint.tensors.get(name)!.values);
  }
});

test('what was kept after the last step of a run that is over are its weights, without a word', async () => {
  const { app, stage } = keptSession(kept);
  stage([over(grown(run, 9))], { [run.id]: [momentAt(5), momentAt(9, { why: 'end' })] });
  expect((await app.exportWeights(run.lane)).step).toBeNull();
});

test('where nothing is kept of it either, it is said why there are none', async () => {
  const { app, stage } = keptSession(kept);
  stage([over(grown(run, 9))]);
  await expect(app.exportWeights(run.lane)).rejects.toThrow(/Only nets of the experiment on the stage keep/);
  await expect(app.exportWeights('nobody')).rejects.toThrow('nothing has been trained');
  const damaged = keptSession({ checkpointOf: () => Promise.resolve(file.slice(0, 99)) });
  damaged.stage([over(grown(run, 9))], { [run.id]: [momentAt(5)] });
  await expect(damaged.app.exportWeights(run.lane)).rejects.toThrow();
});
