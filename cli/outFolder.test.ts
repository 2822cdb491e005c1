/** Where a run is written: one run at a time, nothing replaced unasked, nothing half. */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { CommandError, UsageError } from './commandError.ts';
import { OutFolder } from './outFolder.ts';
import { configFile, run, start, tiny } from './testing/command.ts';

const parent = mkdtempSync(join(tmpdir(), 'out-folder-'));
const fresh = () => join(mkdtempSync(join(parent, 'case-')), 'run');
const config = configFile('for-out', tiny);
const warned: string[] = [];
const claim = (path: string, overwrite = false) =>
  OutFolder.claim(path, { overwrite, warn: (message) => warned.push(message) });

const names = ['config.json', 'run.json', 'events.jsonl', 'weights.safetensors', 'summary.json'];

describe('npm run train --out', () => {
  test('a folder with an earlier run is refused, and left as it was', async () => {
    const out = fresh();
    mkdirSync(out);
    writeFileSync(join(out, 'events.jsonl'), 'mine');
    const { code, stdout, stderr } = await run('train', '--config', config, '--steps', '1', '--out', out);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.trim()).toBe(
      `--out ${out} holds a run already (events.jsonl): give another folder, or --overwrite to replace it`,
    );
    expect(readdirSync(out)).toEqual(['events.jsonl']);
    expect(readFileSync(join(out, 'events.jsonl'), 'utf8')).toBe('mine');
  });

  test('other files are no hindrance, and stay', async () => {
    const out = fresh();
    mkdirSync(out);
    writeFileSync(join(out, 'notes.txt'), 'mine');
    const { code, stderr } = await run('train', '--config', config, '--steps', '1', '--out', out);
    expect(code, stderr).toBe(0);
    expect(readdirSync(out).sort()).toEqual([...names, 'notes.txt'].sort());
  });

  test('--overwrite replaces a run, but not before the new one can begin', async () => {
    const out = fresh();
    await run('train', '--config', config, '--steps', '3', '--out', out);
    const before = readFileSync(join(out, 'events.jsonl'), 'utf8');
    const other = configFile('deeper', { ...tiny, model: { depth: 14, width: 1 } });
    const weights = join(out, 'weights.safetensors');
    const wrong = await run('train', '--config', other, '--init', weights, '--out', out, '--overwrite');
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toMatch(/WeightsError: /);
    expect(readFileSync(join(out, 'events.jsonl'), 'utf8')).toBe(before);

    const options = ['--config', config, '--init', weights, '--steps', '2', '--out', out, '--overwrite'];
    const right = await run('train', ...options);
    expect(right.code, right.stderr).toBe(0);
    expect(JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'))).toMatchObject({ steps: 2 });
    expect(readdirSync(out).sort()).toEqual([...names].sort());
  });

  test('two runs into one folder at once: one trains, the other is told which does', async () => {
    const out = fresh();
    const options = ['--config', config, '--out', out, '--overwrite'];
    const runs = [start('train', options), start('train', options)];
    const refused = await Promise.race(runs.map(({ ended }) => ended));
    expect(refused.code).toBe(2);
    expect(refused.stdout).toBe('');
    const [one, two] = runs;
    const other = one!.child.exitCode === null ? one! : two!;
    expect(refused.stderr).toContain(
      `is being written by another run (process ${other.child.pid!} on ${hostname()})`,
    );
    await other.says(/step \d+: loss/);
    other.child.kill('SIGTERM');
    expect((await other.ended).code).toBe(143);
    expect(readdirSync(out).sort()).toEqual([...names].sort());
  });

  // The largest file, as a full disk has it, without a right to mount one.
  test('a disk that is full loses no whole line and says what is missing', async () => {
    const out = fresh();
    const options = ['--config', config, '--steps', '200', '--out', out];
    const { code, stdout, stderr } = await start('train', options, { shell: 'ulimit -f 8;' }).ended;
    expect(code).toBe(1);
    expect(stdout).toContain('"completed"');
    const events = join(out, 'events.jsonl');
    expect(stderr).toContain(
      `${events} cannot be written: the file would be larger than the system allows (EFBIG)`,
    );
    expect(stderr).toMatch(/events\.jsonl lacks its last \d+ lines/);
    expect(stderr).toMatch(/cannot write .*weights\.safetensors/);
    expect(stderr).toContain(`${out} holds configuration, events, summary and no weights, but for that`);
    expect(stderr).not.toMatch(/\n {4}at /);
    const text = readFileSync(events, 'utf8');
    expect(stdout.startsWith(text)).toBe(true);
    expect(text.endsWith('\n')).toBe(true);
    expect(readdirSync(out).sort()).toEqual(['config.json', 'events.jsonl', 'run.json', 'summary.json']);
  });
});

describe('OutFolder', () => {
  test.each(names)('refuses a folder with an earlier %s, and leaves it as it was', async (name) => {
    const path = fresh();
    mkdirSync(path);
    writeFileSync(join(path, name), 'mine');
    await expect(claim(path)).rejects.toThrow(
      `--out ${path} holds a run already (${name}): give another folder`,
    );
    expect(readdirSync(path)).toEqual([name]);
  });

  test.each([
    ['a file', '', /cannot be made: it is a file, not a folder; give another folder/],
    ['below a file', 'run', /cannot be made: a part of its path is a file, not a folder/],
    ['in a folder that cannot be written', '/proc/run', /cannot be made: there is no such file or folder/],
  ])('refuses a place that is %s', async (_, below, message) => {
    const path = fresh();
    writeFileSync(path, '');
    const claiming = claim(below.startsWith('/') ? below : join(path, below));
    await expect(claiming).rejects.toThrow(UsageError);
    await expect(claiming).rejects.toThrow(message);
  });

  test('gives back a folder that it made and did not need', async () => {
    const path = fresh();
    await (await claim(path)).release();
    expect(existsSync(path)).toBe(false);
  });

  test('what another machine writes is not taken over, even with --overwrite', async () => {
    const path = fresh();
    mkdirSync(path);
    writeFileSync(join(path, '.training'), '999999999 elsewhere');
    const claiming = claim(path, true);
    await expect(claiming).rejects.toThrow(UsageError);
    await expect(claiming).rejects.toThrow(/process 999999999 on elsewhere.*remove .*\.training\*/);
  });

  test('folders in folders are made', async () => {
    const path = join(fresh(), 'in/another');
    const out = await claim(path);
    await out.begin({});
    await out.release();
    expect(readdirSync(path)).toEqual(['events.jsonl']);
  });

  test('many at once: one gets it, also where a killed run has left its lock', async () => {
    for (const stale of [false, true]) {
      const path = fresh();
      mkdirSync(path);
      if (stale) writeFileSync(join(path, '.training'), `999999999 ${hostname()}`);
      const claims = await Promise.allSettled(Array.from({ length: 8 }, () => claim(path)));
      expect(claims.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }
  });
});

const disk = join(parent, 'disk');
const missing = mountDisk();
function mountDisk(): string | null {
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', disk], { stdio: 'pipe' });
    return null;
  } catch {
    return ' (SKIPPED: no disk can be mounted here)';
  }
}
afterAll(() => {
  if (missing === null) execFileSync('umount', [disk]);
  rmSync(parent, { recursive: true });
});

describe.skipIf(missing !== null)(`on a disk of 64 kB${missing ?? ''}`, () => {
  const filler = join(disk, 'filler');

  test('lines wait until there is room again', async () => {
    const out = await claim(join(disk, 'waits'));
    await out.begin({});
    out.append('one');
    try {
      writeFileSync(filler, Buffer.alloc(1 << 20));
    } catch {
      // That is what it is for.
    }
    warned.length = 0;
    const long = 'x'.repeat(10_000);
    out.append(long);
    out.append('three');
    const events = join(disk, 'waits/events.jsonl');
    expect(warned).toEqual([
      `${events} cannot be written: the disk is full (ENOSPC); its lines are kept and tried again with each step`,
    ]);
    expect(readFileSync(events, 'utf8')).toBe('one\n');
    await expect(out.save('summary.json', long)).rejects.toThrow(CommandError);
    expect(() => out.finishEvents()).toThrow(/lacks its last 2 lines: the disk is full/);

    rmSync(filler);
    out.append('four');
    expect(warned.at(-1)).toBe(`${events} is written again`);
    expect(readFileSync(events, 'utf8')).toBe(`one\n${long}\nthree\nfour\n`);
    await out.save('summary.json', 'first');
    await expect(out.save('summary.json', Buffer.alloc(1 << 20))).rejects.toThrow(
      /summary\.json: the disk is full/,
    );
    expect(readFileSync(join(disk, 'waits/summary.json'), 'utf8')).toBe('first');
    await out.release();
    expect(readdirSync(join(disk, 'waits')).sort()).toEqual(['events.jsonl', 'summary.json']);
    rmSync(join(disk, 'waits'), { recursive: true });
  });

  test('training into a disk that is full from the start says so and begins nothing', async () => {
    const out = join(disk, 'full');
    mkdirSync(out);
    try {
      writeFileSync(filler, Buffer.alloc(1 << 20));
    } catch {
      // As above.
    }
    const { code, stderr } = await run('train', '--config', config, '--steps', '1', '--out', out);
    expect(code).toBe(1);
    expect(stderr).toMatch(/cannot write .*: the disk is full \(ENOSPC\)/);
    expect(stderr).not.toMatch(/\n {4}at /);
    expect(readdirSync(out)).toEqual([]);
    rmSync(filler);
  });
});
