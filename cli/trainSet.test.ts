import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configFile, folder, run, start, tiny } from './testing/command.ts';

const two = {
  one: { ...tiny, steps: 60 },
  two: { ...tiny, steps: 3, seed: 2 },
};
const set = configFile('set', two);
const fresh = () => mkdtempSync(join(folder, 'set-'));
const stepsOf = (out: string, name: string) =>
  readFileSync(join(out, name, 'events.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { kind: string; step: number })
    .filter(({ kind }) => kind === 'step')
    .map(({ step }) => step);

test('npm run train:set goes on with the same command until the run is finished', async () => {
  const out = fresh();
  const command = ['--set', set, '--out', out, '--only', 'one', '--checkpoint-every', '10'];
  const first = start('trainSet', command);
  await first.says(/step [2-5]\d: loss/);
  first.child.kill('SIGKILL');
  await first.ended;
  const told = await run('trainSet', '--set', set, '--out', out);
  expect(told.stdout).toMatch(/^one: goes on after step \d+ of 60\ntwo: not begun\n$/);

  const second = await run('trainSet', ...command);
  expect(second.code, second.stderr).toBe(0);
  expect(second.stderr).toMatch(/one: goes on after step [1-5]0 of 60/);
  expect(stepsOf(out, 'one')).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
  const third = await run('trainSet', ...command);
  expect([third.code, third.stdout, third.stderr]).toEqual([0, '', 'one: finished, 60 steps\n']);
});

test('what is not of the set is named, and another run in its place is left alone', async () => {
  const out = fresh();
  const unknown = await run('trainSet', '--set', set, '--out', out, '--only', 'three');
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toContain('has no run "three", but one, two');

  mkdirSync(join(out, 'two'));
  writeFileSync(join(out, 'two/config.json'), JSON.stringify({ ...two.two, seed: 3 }));
  const other = await run('trainSet', '--set', set, '--out', out, '--only', 'two');
  expect(other.code).toBe(2);
  expect(other.stderr).toContain('two holds another run than the set: move it away');

  const broken = configFile('broken-set', { one: { ...two.one, steps: 0 } });
  const { code, stderr } = await run('trainSet', '--set', broken, '--out', out);
  expect(code).toBe(2);
  expect(stderr).toContain('broken-set.json: one: steps: ');
});
