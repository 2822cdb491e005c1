/** Training that is gone on with where it was interrupted: the same curve, nothing twice, and nothing of another run. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { configFile, folder, run, start, tiny } from './testing/command.ts';

const config = {
  ...tiny,
  steps: 150,
  optimizer: { type: 'sgd', learningRate: 0.02, momentum: 0.9, weightDecay: 1e-4 },
  schedule: { type: 'steps', milestones: [60, 120], factor: 0.1 },
  evaluation: { every: 40, images: 8, atEnd: true },
};
const file = configFile('to resume', config);
const fresh = () => join(mkdtempSync(join(folder, 'resume-')), 'run');

interface Line {
  readonly kind: string;
  readonly step: number;
  readonly [key: string]: unknown;
}
const linesOf = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
const eventsOf = (out: string) => linesOf(readFileSync(join(out, 'events.jsonl'), 'utf8'));
/** What does not depend on the clock. */
const curve = (lines: readonly Line[]) =>
  lines
    .filter(({ kind }) => kind !== 'state')
    .map((line) => ({ ...line, trainingSeconds: undefined, seconds: undefined }))
    .sort((a, b) => a.step - b.step);
const bytes = (out: string, name: string) => readFileSync(join(out, name));

const whole = join(folder, 'whole');
const stopped = join(folder, 'stopped');
beforeAll(async () => {
  const done = await run('train', '--config', file, '--out', whole);
  expect(done.code, done.stderr).toBe(0);
  // A run that was ended at step 30 or so, to be copied and spoilt.
  const { child, says, ended } = start('train', [
    ...['--config', file, '--out', stopped],
    ...['--checkpoint-every', '7'],
  ]);
  await says(/step \d{2}: loss/);
  child.kill('SIGTERM');
  const { code, stderr } = await ended;
  expect(code).toBe(143);
  expect(stderr).toMatch(/; --resume .*stopped goes on from step \d+\n/);
});

/** Goes on with `out`, which was interrupted after at least `least` steps, and compares it with the whole run. */
async function goOn(out: string, least: number) {
  const before = bytes(out, 'events.jsonl').toString().split('"kind":"step"').length - 1;
  const { code, stdout, stderr } = await run('train', '--resume', out);
  expect(code, stderr).toBe(0);
  const [, step = ''] = /from step (\d+)/.exec(stderr) ?? [];
  expect(before - Number(step)).toBeLessThanOrEqual(least);
  expect(curve(eventsOf(out))).toEqual(curve(eventsOf(whole)));
  expect(bytes(out, 'weights.safetensors')).toEqual(bytes(whole, 'weights.safetensors'));
  // What is printed is the resumed part alone.
  const printed = linesOf(stdout);
  expect(printed[0]).toEqual({ kind: 'state', state: 'running', step: Number(step) });
  expect(printed).toEqual(eventsOf(out).slice(-printed.length));
  expect(printed.find(({ kind }) => kind === 'step')?.step).toBe(Number(step) + 1);
  expect(JSON.parse(bytes(out, 'summary.json').toString())).toMatchObject({
    reason: 'completed',
    steps: 150,
    weightsOfStep: 150,
  });
  return { step: Number(step), stderr };
}

describe('npm run train --resume', () => {
  test('after SIGTERM goes on from the very step, and says what it is', async () => {
    const out = fresh();
    cpSync(stopped, out, { recursive: true });
    const { step } = await goOn(out, 0);
    expect(eventsOf(out).filter(({ kind }) => kind === 'state')).toMatchObject([
      { state: 'running', step: 0 },
      { state: 'running', step },
      { state: 'finished', reason: 'completed', step: 150 },
    ]);
    const origin = JSON.parse(bytes(out, 'run.json').toString()) as { resumed: object[] };
    expect(origin).toMatchObject({ checkpointEvery: 7, resumed: [{ step }] });
    // Now there is nothing left to do.
    const again = await run('train', '--resume', out);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('holds a finished run of 150 steps: there is nothing to go on with');
    expect(again.stdout).toBe('');
  });

  test('after kills that nobody can catch loses at most N steps each time, and keeps the ladder', async () => {
    const out = fresh();
    const begin = ['--config', file, '--out', out, '--checkpoint-every', '20'];
    for (const [options, until] of [
      [begin, /step [2-9]\d: loss/],
      [['--resume', out], /step ([6-9]\d|1\d\d): loss/],
    ] as const) {
      const { child, says, ended } = start('train', options);
      await says(until);
      child.kill('SIGKILL');
      expect((await ended).signal).toBe('SIGKILL');
    }
    // As if it had been killed while it wrote.
    writeFileSync(join(out, '.checkpoint.safetensors-1'), 'half');
    writeFileSync(join(out, 'events.jsonl'), '{"kind":"st', { flag: 'a' });
    await goOn(out, 20);
    expect(readdirSync(out).sort()).toEqual(
      [
        ...['config.json', 'run.json', 'events.jsonl', 'summary.json'],
        ...['weights.safetensors', 'checkpoint.safetensors'],
        ...[0, 1, 2, 5, 10, 20, 50, 100, 150].map((step) => `weights-at-${step}.safetensors`),
      ].sort(),
    );
    expect(bytes(out, 'weights-at-150.safetensors')).toEqual(bytes(whole, 'weights.safetensors'));
  });

  test('killed before its first step goes on from the start', async () => {
    const out = fresh();
    const { child, ended } = start('train', [
      ...['--config', file, '--out', out],
      ...['--checkpoint-every', '100'],
    ]);
    // The weights of the start are there before any step is told.
    for (;;) {
      const names = await Promise.resolve(tryList(out));
      if (names.includes('checkpoint.safetensors')) break;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    child.kill('SIGKILL');
    await ended;
    const { step } = await goOn(out, 100);
    expect(step === 0 || step === 100).toBe(true);
  });

  test.each([
    ['--config', file],
    ['--steps', '3'],
    ['--init', 'weights.safetensors'],
    ['--out', 'elsewhere'],
  ])('takes no %s: the folder has its own', async (option, value) => {
    const { code, stderr } = await run('train', '--resume', stopped, option, value);
    expect(code).toBe(2);
    expect(stderr).toContain(`${option} cannot be given with --resume`);
  });

  test('without --out there are no checkpoints', async () => {
    const { code, stderr } = await run('train', '--config', file, '--checkpoint-every', '5');
    expect(code).toBe(2);
    expect(stderr).toContain('--checkpoint-every needs --out DIR');
  });

  test('a folder that is not there, or that keeps no checkpoints, is refused', async () => {
    const nowhere = await run('train', '--resume', join(folder, 'nowhere'));
    expect([nowhere.code, nowhere.stdout]).toEqual([2, '']);
    expect(nowhere.stderr).toMatch(/--resume .*nowhere: there is no such folder/);
    const without = fresh();
    cpSync(whole, without, { recursive: true });
    rmSync(join(without, 'summary.json'));
    const { code, stderr } = await run('train', '--resume', without);
    expect(code).toBe(2);
    expect(stderr).toMatch(/has no checkpoint to go on from: .*--checkpoint-every/);
  });

  test('another device goes on only if it is asked for, and says so', async () => {
    const out = fresh();
    cpSync(stopped, out, { recursive: true });
    const { child, says, ended } = start('train', ['--resume', out, '--backend', 'cpu']);
    await says(/step \d{2}: loss/);
    child.kill('SIGTERM');
    const { code, stderr } = await ended;
    expect(code, stderr).toBe(143);
    expect(stderr).toMatch(/another device than before computes \(backend was wasm and is cpu, kernels was/);
    expect(stderr).toContain('its bits may differ');
  });

  test('what cannot be gone on with is refused in words, and left as it was', async () => {
    const out = fresh();
    cpSync(stopped, out, { recursive: true });
    writeFileSync(join(out, 'checkpoint.safetensors'), 'none');
    const before = readdirSync(out).map((name) => [name, bytes(out, name)]);
    const { code, stdout, stderr } = await run('train', '--resume', out);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/checkpoint\.safetensors cannot be gone on from: This is not a safetensors file/);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect(readdirSync(out).map((name) => [name, bytes(out, name)])).toEqual(before);
  });
});

const tryList = (path: string): readonly string[] => {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
};
