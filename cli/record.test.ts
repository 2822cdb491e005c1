import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { configFile, folder, run, tiny } from './testing/command.ts';

const runs = join(folder, 'runs');
const to = join(folder, 'recordings');
const config = configFile('tiny', tiny);

describe('npm run recordings', () => {
  test('takes what is over, and leaves out what is not, with the reason', async () => {
    mkdirSync(runs);
    const trained = await run('train', '--config', config, '--steps', '3', '--out', join(runs, 'done'));
    expect(trained.code, trained.stderr).toBe(0);
    const of = (name: string, events: string) => {
      mkdirSync(join(runs, name));
      for (const file of ['config.json', 'run.json']) {
        writeFileSync(join(runs, name, file), readFileSync(join(runs, 'done', file)));
      }
      writeFileSync(join(runs, name, 'events.jsonl'), events);
    };
    const lines = readFileSync(join(runs, 'done/events.jsonl'), 'utf8').trimEnd().split('\n');
    of('still training', `${lines.slice(0, -1).join('\n')}\n`);
    of('killed', lines.join('\n').slice(0, -5));
    mkdirSync(join(runs, 'empty'));

    const { code, stdout, stderr } = await run('record', '--from', runs, '--to', to);
    expect(code, stderr).toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain('still training is left out: its training is not over');
    expect(stderr).toContain('killed is left out: its last line is cut off');
    expect(stderr).toContain('empty is left out: it has no events.jsonl');
    expect(readdirSync(to).sort()).toEqual(['done.json', 'index.json']);
    const index = JSON.parse(readFileSync(join(to, 'index.json'), 'utf8')) as {
      recordings: { steps: number }[];
    };
    expect(index.recordings.map(({ steps }) => steps)).toEqual([3]);
  });

  test('of a run that went on elsewhere it says where, from which step', async () => {
    const own = join(runs, 'done/run.json');
    const before = readFileSync(own, 'utf8');
    const begun = JSON.parse(before) as { commit: string; device: string };
    const part = { commit: 'abcdef0', date: '2027-01-01', device: 'another' };
    writeFileSync(own, JSON.stringify({ ...begun, resumed: [{ step: 1, ...begun, date: '2026-12-31' }, { step: 2, ...part }] })); // prettier-ignore
    expect((await run('record', '--from', runs, '--to', to)).code).toBe(0);
    const { recordings } = JSON.parse(readFileSync(join(to, 'index.json'), 'utf8')) as {
      recordings: object[];
    };
    expect(recordings).toMatchObject([
      {
        commit: `${begun.commit}, abcdef0`,
        date: '2027-01-01',
        device: `${begun.device}; from step 2 another`,
      },
    ]);
    writeFileSync(own, before);
    expect((await run('record', '--from', runs, '--to', to)).code).toBe(0);
  });

  test('a fault in one run leaves the recordings as they were', async () => {
    const before = readFileSync(join(to, 'index.json'), 'utf8');
    writeFileSync(join(runs, 'killed/events.jsonl'), '{"kind":"step"}\n');
    const { code, stderr } = await run('record', '--from', runs, '--to', to);
    expect(code).toBe(2);
    expect(stderr).toMatch(/killed.events\.jsonl, line 1: /);
    expect(readdirSync(to).sort()).toEqual(['done.json', 'index.json']);
    expect(readFileSync(join(to, 'index.json'), 'utf8')).toBe(before);
  });

  test('--add keeps what the index held, and replaces what is of the same name', async () => {
    const index = join(to, 'index.json');
    const read = () =>
      (JSON.parse(readFileSync(index, 'utf8')) as { recordings: { file: string; note?: string }[] })
        .recordings;
    const [done] = read();
    const older = { ...done, file: 'older.json', note: 'kept as it is' };
    const head = { format: 'residual-playground-recording', version: 1 };
    writeFileSync(index, JSON.stringify({ ...head, recordings: [{ ...done, note: 'goes' }, older] }));
    rmSync(join(runs, 'killed'), { recursive: true });
    const { code, stderr } = await run('record', '--from', runs, '--to', to, '--add');
    expect(code, stderr).toBe(0);
    expect(read()).toEqual([done, older]);
    writeFileSync(index, '{"recordings": 3}');
    expect(await run('record', '--from', runs, '--to', to, '--add')).toMatchObject({ code: 2 });
    expect(readFileSync(index, 'utf8')).toBe('{"recordings": 3}');
  });

  test('a folder that is not there is named', async () => {
    const { code, stderr } = await run('record', '--from', join(folder, 'nowhere'), '--to', to);
    expect(code).toBe(2);
    expect(stderr).toMatch(/cannot read --from .*nowhere: there is no such file or folder/);
  });
});
