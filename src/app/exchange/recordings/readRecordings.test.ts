import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { parseRun } from '../../../model/config.ts';
import { packSteps, type RecordingEntry } from '../../../model/recording.ts';
import { readIndex, readRecording, recordedId } from './readRecordings.ts';

const head = { format: 'residual-playground-recording', version: 1 };
const config = parseRun({ model: { depth: 20, block: 'plain', width: 8 }, batchSize: 64, steps: 3 });
const steps = [58, 57, 50].map((wrong, i) => ({
  loss: 2.34567,
  error: wrong / 64,
  learningRate: 0.1,
  epoch: (64 * (i + 1)) / 50_000,
  trainingSeconds: i + 1,
}));
const file = {
  ...head,
  config,
  end: { reason: 'completed', divergedAt: null },
  ...packSteps(steps, 50_000),
  evaluations: [{ step: 3, images: 10_000, complete: true, wrong: 8123, loss: 2.1, seconds: 4 }],
};
const [test1] = file.evaluations;
const bytesOf = (content: unknown) => new TextEncoder().encode(JSON.stringify(content));
const entryOf = (content: unknown): RecordingEntry => ({
  file: 'plain-20-s1.json',
  sha256: createHash('sha256').update(bytesOf(content)).digest('hex'),
  config,
  steps: 3,
  device: 'a processor',
  commit: 'abc1234',
  date: '2026-11-21',
});
const read = (content: unknown, entry = entryOf(content)) =>
  readRecording(entry, 'mine', () => Promise.resolve(bytesOf(content)));

test('a recording is read back as a run that did not train here', async () => {
  const run = await read(file);
  expect(run).toMatchObject({
    id: 'recorded/plain-20-s1',
    name: 'mine',
    origin: 'recorded',
    state: 'ended',
    step: 3,
  });
  expect([...run.error.values]).toEqual(steps.map(({ error }) => error));
  expect([...run.loss.values]).toEqual([2.346, 2.346, 2.346]);
  expect(run.evaluations).toEqual([
    { step: 3, images: 10_000, complete: true, error: 0.8123, loss: 2.1, seconds: 4 },
  ]);
});

test('the index says what there is', async () => {
  const [entry] = await readIndex(() => Promise.resolve(bytesOf({ ...head, recordings: [entryOf(file)] })));
  expect(entry).toEqual(entryOf(file));
  expect(recordedId(entry!)).toBe('recorded/plain-20-s1');
});

test('a file that is not the recorded one is refused', async () => {
  await expect(read({ ...file, wrong: [1, 2, 3] }, entryOf(file))).rejects.toThrow(/SHA-256 differs/);
});

test.each([
  ['too short a list', { ...file, loss: [1] }, /different lengths/],
  ['a share for a count', { ...file, wrong: [0.5, 1, 2] }, /At wrong\.0/],
  [
    'more wrong images than a batch has',
    { ...file, wrong: [1, 65, 3] },
    /more images are wrong than a batch has/,
  ],
  [
    'thousands of stretches of a million',
    { ...file, images: Array(5000).fill([1e6, 64]) },
    /different lengths/,
  ],
  ['a batch of no images', { ...file, images: [[3, 0]] }, /At images\.0\.1/],
  ['a time that has no end', { ...file, milliseconds: [1e300, 1, 1] }, /At milliseconds\.0/],
  [
    'more wrong images than were tested',
    { ...file, evaluations: [{ ...test1, wrong: 10_001 }] },
    /At evaluations\.0: more images are wrong than were tested/,
  ],
  [
    'tests out of order',
    {
      ...file,
      evaluations: [
        { ...test1, step: 3 },
        { ...test1, step: 2 },
      ],
    },
    /do not follow/,
  ],
  ['a test after the end', { ...file, evaluations: [{ ...test1, step: 4 }] }, /come after the end/],
  ['a text of a megabyte', { ...file, end: 'x'.repeat(1e6) }, /^.{1,1000}$/],
  ['an impossible net', { ...file, config: { ...config, model: { depth: 21 } } }, /At config: .*21/s],
  ['another version', { ...file, version: 2 }, /At version/],
])('%s is refused, saying where', async (_, content, message) => {
  await expect(read(content)).rejects.toThrow(message);
});

test('an index that names a file elsewhere is refused', async () => {
  const entry = { ...entryOf(file), file: '../secret.json' };
  await expect(readIndex(() => Promise.resolve(bytesOf({ ...head, recordings: [entry] })))).rejects.toThrow(
    /index\.json cannot be read\. At recordings\.0\.file/,
  );
});
