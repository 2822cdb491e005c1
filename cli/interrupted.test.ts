/** Training that is ended from outside: nothing that was trained is lost, and what is said is true. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { parseRun } from '../src/model/config.ts';
import { buildGraph } from '../src/model/graph.ts';
import { layoutOf } from '../src/model/parameters.ts';
import { weightsFromSafetensors } from '../src/training/weights.ts';
import { configFile, folder, root, run, start, tiny } from './testing/command.ts';

const config = configFile('tiny', tiny);
const freshFolder = () => join(mkdtempSync(join(folder, 'out-')), 'run');
const train = (...options: string[]) => ['--config', config, ...options];

interface Kept {
  readonly summary: { reason: string; signal: string | null; steps: number; weightsOfStep: number | null };
  readonly steps: number;
  readonly last: { kind: string; state?: string; reason?: string };
}

/** What a run has left; every file must be whole. */
function kept(out: string): Kept {
  expect(readdirSync(out).sort()).toEqual([
    'config.json',
    'events.jsonl',
    'run.json',
    'summary.json',
    'weights.safetensors',
  ]);
  const text = readFileSync(join(out, 'events.jsonl'), 'utf8');
  expect(text.endsWith('\n')).toBe(true);
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Kept['last'] & { step: number });
  const graph = buildGraph(parseRun(tiny).model);
  const { parameters } = weightsFromSafetensors(
    graph,
    layoutOf(graph),
    Uint8Array.from(readFileSync(join(out, 'weights.safetensors'))).buffer,
  );
  expect(parameters.every(Number.isFinite)).toBe(true);
  return {
    summary: JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as Kept['summary'],
    steps: lines.filter(({ kind }) => kind === 'step').length,
    last: lines.at(-1)!,
  };
}

describe('npm run train', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s ends it after its step, with all saved, and status %i', async (signal, status) => {
    const out = freshFolder();
    const { child, says, ended } = start('train', train('--out', out));
    await says(/step \d+: loss/);
    child.kill(signal);
    const { code, stderr, stdout } = await ended;
    expect(code).toBe(status);
    const { summary, steps, last } = kept(out);
    expect(summary).toMatchObject({ reason: 'stopped', signal, weightsOfStep: summary.steps });
    expect(steps).toBe(summary.steps);
    expect(last).toMatchObject({ kind: 'state', reason: 'stopped' });
    // What is printed is what is kept.
    expect(stdout).toBe(readFileSync(join(out, 'events.jsonl'), 'utf8'));
    expect(stderr).toContain(
      `${signal} after step ${summary.steps}: ${out} holds configuration, events, summary`,
    );
  });

  test('without --out a signal says that nothing is saved', async () => {
    const { child, says, ended } = start('train', train());
    await says(/step \d+: loss/);
    child.kill('SIGTERM');
    const { code, stderr } = await ended;
    expect(code).toBe(143);
    expect(stderr).toMatch(/SIGTERM after step \d+: nothing is saved: no --out was given/);
  });

  test('a second signal ends it at once, and the folder can be used again', async () => {
    const out = freshFolder();
    const slow = configFile('slow', { ...tiny, model: { depth: 56, width: 16 }, batchSize: 64 });
    const { child, says, ended } = start('train', ['--config', slow, '--out', out]);
    await says('step 1: loss');
    child.kill('SIGTERM');
    await says('SIGTERM: stops after this step');
    child.kill('SIGTERM');
    // By the signal itself, or by what was already saved.
    const { code, signal } = await ended;
    expect(signal ?? code).toBe(signal === null ? 143 : 'SIGTERM');
    const again = await run('train', ...train('--steps', '1', '--out', out, '--overwrite'));
    expect(again.code, again.stderr).toBe(0);
    expect(kept(out).summary).toMatchObject({ reason: 'completed', steps: 1 });
  });

  test('before the first step a signal leaves no folder behind', async () => {
    const out = freshFolder();
    const { child, ended } = start('train', train('--out', out));
    while (!readdirSync(join(out, '..')).includes('run') && child.exitCode === null) await wait(5);
    child.kill('SIGTERM');
    const { code, stdout } = await ended;
    expect(code).toBe(143);
    // Unless it was so quick that it had begun.
    if (stdout === '') expect(readdirSync(join(out, '..'))).toEqual([]);
  });

  test('a kill that nobody can catch leaves whole lines, and --overwrite takes the folder over', async () => {
    const out = freshFolder();
    const { child, says, ended } = start('train', train('--out', out));
    await says(/step \d+: loss/);
    child.kill('SIGKILL');
    await ended;
    const text = readFileSync(join(out, 'events.jsonl'), 'utf8');
    expect(text.trimEnd().split('\n').length).toBeGreaterThan(2);
    writeFileSync(join(out, `.weights.safetensors-${child.pid!}`), 'half');
    const again = await run('train', ...train('--steps', '2', '--out', out, '--overwrite'));
    expect(again.code, again.stderr).toBe(0);
    expect(kept(out).steps).toBe(2);
  });

  test('who closes its output ends it quietly, with all saved (`| head -1`)', async () => {
    const out = freshFolder();
    const { child, ended } = start('train', train('--out', out));
    child.stdout!.once('data', () => child.stdout!.destroy());
    const { code, stderr } = await ended;
    expect(code).toBe(141);
    expect(stderr).not.toMatch(/EPIPE|Error|\n {4}at /);
    expect(kept(out).summary.reason).toBe('stopped');
  });

  test('an output on a full disk ends it with words, and all saved', async () => {
    const out = freshFolder();
    const { ended } = start('train', train('--out', out), {
      stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
    });
    const { code, stderr } = await ended;
    expect(code).toBe(1);
    expect(stderr).toContain('cannot write to standard output: the disk is full (ENOSPC)');
    expect(stderr).toContain(`${out} holds configuration, events, summary`);
    expect(stderr).not.toMatch(/\n {4}at /);
  });

  test('nobody to hear its progress is no reason to end', async () => {
    const { ended } = start('train', train('--steps', '2'), {
      stdio: ['ignore', 'pipe', openSync('/dev/full', 'w')],
    });
    const { code, stdout } = await ended;
    expect(code).toBe(0);
    expect(stdout).toContain('"completed"');
  });

  test('a signal to npm ends it too: npm tells its shell alone', async () => {
    const out = freshFolder();
    const child = spawn('npm', ['run', '--silent', 'train', '--', ...train('--out', out)], { cwd: root });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    while (!/step \d+: loss/.test(stderr) && child.exitCode === null) await wait(50);
    expect(stdout.split('\n')[0], stderr).toBe('{"kind":"state","state":"running","step":0}');
    child.kill('SIGTERM');
    // Its streams close when the last process that holds them has ended.
    await once(child, 'close');
    expect(stderr).toContain('CIFAR-10 is current');
    expect(kept(out).summary).toMatchObject({ reason: 'stopped', signal: 'SIGTERM' });
  });
});
