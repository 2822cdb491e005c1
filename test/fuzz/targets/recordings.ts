/** Recordings and their index: src/app/exchange/recordings. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import {
  readIndex,
  readRecording,
  RecordingError,
} from '../../../src/app/exchange/recordings/readRecordings.ts';
import { parseRun } from '../../../src/model/config.ts';
import { packSteps } from '../../../src/model/recording.ts';
import { reading, Violation, type FuzzTarget } from '../fuzz.ts';
import { mutatedJsonText } from '../mutations.ts';
import { mustDraw } from './mustDraw.ts';

const head = { format: 'residual-playground-recording', version: 1 };
const config = parseRun({ model: { depth: 20, block: 'plain', width: 8 }, batchSize: 64, steps: 3 });
const recording = {
  ...head,
  config,
  end: { reason: 'completed', divergedAt: null },
  ...packSteps(
    [58, 57, 50].map((wrong, i) => ({
      loss: 2.3,
      error: wrong / 64,
      learningRate: 0.1,
      epoch: (64 * (i + 1)) / 50_000,
      trainingSeconds: i + 1,
    })),
    50_000,
  ),
  evaluations: [
    { step: 2, images: 1000, complete: false, wrong: 900, loss: 2.2, seconds: 1 },
    { step: 3, images: 10_000, complete: true, wrong: 8123, loss: null, seconds: 4 },
  ],
};
const entry = {
  file: 'plain-20-s1.json',
  sha256: 'a'.repeat(64),
  config,
  steps: 3,
  device: 'a processor',
  commit: 'abc1234',
  date: '2026-11-21',
};
const index = { ...head, recordings: [entry, { ...entry, file: 'other.json' }] };

const finite = (values: ArrayLike<number>) => Array.from(values).every(Number.isFinite);

export const recordings: FuzzTarget = {
  name: 'recordings',
  inputs: fc.oneof(
    { arbitrary: mutatedJsonText([recording]), weight: 2 },
    { arbitrary: mutatedJsonText([index]), weight: 1 },
  ),
  async attempt(input) {
    const bytes = new TextEncoder().encode(String(input));
    const get = () => Promise.resolve(bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const asIndex = await reading(() => readIndex(get), RecordingError);
    const asRun = await reading(() => readRecording({ ...entry, sha256 }, 'mine', get), RecordingError);
    if (asRun) {
      mustDraw(asRun.value);
      const { error, epoch, trainingSeconds, learningRate, evaluations } = asRun.value;
      const shares = [...error.values, ...evaluations.map((one) => one.error)];
      if (!shares.every((share) => share !== null && share >= 0 && share <= 1))
        throw new Violation('was taken, with an error beyond 1');
      if (![epoch, trainingSeconds, learningRate].every(({ values }) => finite(values))) {
        throw new Violation('was taken, with a time or rate that is not finite');
      }
    }
    return asIndex !== null || asRun !== null;
  },
};
