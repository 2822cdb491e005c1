/** Files that are not those of one run, whole. */
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { CommandError } from './commandError.ts';
import { readResumable } from './resumable.ts';
import { configFile, folder, start, tiny } from './testing/command.ts';

const stopped = join(folder, 'stopped');
const bytes = (out: string, name: string) => readFileSync(join(out, name));
const fresh = () => join(mkdtempSync(join(folder, 'resumable-')), 'run');

beforeAll(async () => {
  const config = configFile('to spoil', {
    ...tiny,
    optimizer: { type: 'sgd', learningRate: 0.02 },
    evaluation: { every: 10, images: 8 },
  });
  const { child, says, ended } = start('train', [
    '--config',
    config,
    '--out',
    stopped,
    '--checkpoint-every',
    '7',
  ]);
  await says(/step (1[1-9]|[2-9]\d): loss/);
  child.kill('SIGTERM');
  expect((await ended).code).toBe(143);
});

test('what was interrupted can be gone on with', async () => {
  const { checkpoint, told, origin } = await readResumable(stopped);
  expect(checkpoint.state.step).toBeGreaterThanOrEqual(10);
  expect(told.evaluation).toMatchObject({ images: 8 });
  expect(origin.checkpointEvery).toBe(7);
});

test('one that recomputes is gone on with: it takes less memory, and the steps are the same', async () => {
  const out = fresh();
  cpSync(stopped, out, { recursive: true });
  const config = JSON.parse(bytes(out, 'config.json').toString()) as object;
  writeFileSync(join(out, 'config.json'), JSON.stringify({ ...config, recompute: true }));
  const { checkpoint } = await readResumable(out);
  expect(checkpoint.state.run.recompute).toBe(true);
});

test.each<[string, (out: string) => void, RegExp]>([
  [
    'a changed configuration',
    (out) => {
      const changed = bytes(out, 'config.json').toString().replace('0.02', '0.03');
      writeFileSync(join(out, 'config.json'), changed);
    },
    /config\.json is not the configuration of .*checkpoint\.safetensors: it was changed/,
  ],
  ['no configuration', (out) => rmSync(join(out, 'config.json')), /cannot read .*config\.json: there is no/],
  ['no run.json', (out) => rmSync(join(out, 'run.json')), /cannot read .*run\.json: there is no/],
  ['a run.json that is none', (out) => writeFileSync(join(out, 'run.json'), '{}'), /run\.json does not say/],
  ['no events', (out) => rmSync(join(out, 'events.jsonl')), /cannot read .*events\.jsonl: there is no/],
  [
    'events cut short',
    (out) => {
      const text = bytes(out, 'events.jsonl').toString();
      writeFileSync(join(out, 'events.jsonl'), text.slice(0, text.length / 3));
    },
    /events\.jsonl lacks step \d+, and the checkpoint is of step \d+/,
  ],
  [
    'events without a step',
    (out) => {
      const lines = bytes(out, 'events.jsonl').toString().split('\n');
      writeFileSync(
        join(out, 'events.jsonl'),
        lines.filter((line) => !line.includes('"step":4,')).join('\n'),
      );
    },
    /events\.jsonl lacks step 4/,
  ],
  [
    'events of another run',
    (out) => {
      const text = bytes(out, 'events.jsonl').toString();
      writeFileSync(join(out, 'events.jsonl'), text.replace(/"loss":2\.\d+/, '"loss":2.5'));
    },
    /events\.jsonl is of another run than the checkpoint: its losses are others/,
  ],
  [
    'a line that is none',
    (out) => {
      const lines = bytes(out, 'events.jsonl').toString().split('\n');
      writeFileSync(join(out, 'events.jsonl'), ['half', ...lines].join('\n'));
    },
    /events\.jsonl, line 1: /,
  ],
  [
    'a checkpoint cut short',
    (out) => {
      const whole = bytes(out, 'checkpoint.safetensors');
      writeFileSync(join(out, 'checkpoint.safetensors'), whole.subarray(0, whole.length - 9));
    },
    /checkpoint\.safetensors cannot be gone on from: It was cut short/,
  ],
  [
    'a checkpoint with one other bit',
    (out) => {
      const spoilt = bytes(out, 'checkpoint.safetensors');
      spoilt[spoilt.length - 100]! ^= 1;
      writeFileSync(join(out, 'checkpoint.safetensors'), spoilt);
    },
    /cannot be gone on from: It is not as it was written/,
  ],
  [
    'a checkpoint of another version',
    (out) => {
      const other = bytes(out, 'checkpoint.safetensors').toString('latin1');
      writeFileSync(
        join(out, 'checkpoint.safetensors'),
        other.replace('checkpointVersion":"1', 'checkpointVersion":"9'),
        'latin1',
      );
    },
    /It is a checkpoint of version 9, and version 1 can be read/,
  ],
  [
    'weights in its place',
    (out) => copyFileSync(join(out, 'weights.safetensors'), join(out, 'checkpoint.safetensors')),
    /This is no checkpoint/,
  ],
  [
    'a summary that is none',
    (out) => writeFileSync(join(out, 'summary.json'), '[]'),
    /summary\.json is not the summary of a run/,
  ],
  [
    'a run that diverged',
    (out) => writeFileSync(join(out, 'summary.json'), '{"reason":"diverged","steps":9}'),
    /diverged at step 9, and would again/,
  ],
])('refuses %s', async (_, spoil, message) => {
  const out = fresh();
  cpSync(stopped, out, { recursive: true });
  spoil(out);
  const reading = readResumable(out);
  await expect(reading).rejects.toThrow(CommandError);
  await expect(reading).rejects.toThrow(message);
});
