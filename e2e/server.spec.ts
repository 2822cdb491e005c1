/** The server as a person starts it, in processes of its own. */
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';

const root = join(import.meta.dirname, '..');

function start(env: Record<string, string>) {
  // Not by tsx's own command: on a busy machine it ends by itself before it has handed a signal on.
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/serve.ts'], {
    cwd: root,
    env: { ...process.env, PORT: '', HOST: '', ...env },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => (said += part.toString()));
  const ended = new Promise<number | null>((done) => child.once('close', done));
  return { child, ended, said: () => said };
}

const urlOf = (said: string) => new URL(/http:\/\/localhost:\d+\//.exec(said)![0]);

test('two started at once take two ports, and end at once when asked, whoever is connected', async () => {
  const both = [start({}), start({})];
  for (const { said } of both) await expect.poll(said, { timeout: 60_000 }).toContain('Ctrl+C');
  const urls = both.map(({ said }) => urlOf(said()));
  expect(new Set(urls.map(({ port }) => port)).size).toBe(2);
  for (const [i, signal] of (['SIGTERM', 'SIGINT'] as const).entries()) {
    const { port } = urls[i]!;
    expect((await fetch(urls[i]!)).status).toBe(200);
    const visitor = connect(Number(port), 'localhost');
    await new Promise((done) => visitor.once('connect', done));
    const gone = new Promise((done) => visitor.once('close', done));
    visitor.on('error', () => undefined);
    both[i]!.child.kill(signal);
    expect(await both[i]!.ended).toBe(0);
    await gone;
  }
});

test('what is wrong is one sentence', async () => {
  const taken = start({});
  await expect.poll(taken.said, { timeout: 60_000 }).toContain('Ctrl+C');
  const { port } = urlOf(taken.said());
  for (const [env, sentence] of [
    [{ PORT: port }, `port ${port} is taken: set PORT to another one, or leave it out`],
    [{ PORT: 'eighty' }, 'PORT is not a port number: eighty'],
    [{ HOST: '203.0.113.7' }, 'HOST is no address of this machine: 203.0.113.7'],
  ] as const) {
    const wrong = start(env);
    expect(await wrong.ended).toBe(1);
    expect(wrong.said().trim().split('\n')).toEqual([expect.stringContaining(sentence)]);
  }
  taken.child.kill();
  expect(await taken.ended).toBe(0);
});

test('HOST=0.0.0.0 says where others find the page, and what their browsers hide', async () => {
  const everywhere = start({ HOST: '0.0.0.0' });
  await expect.poll(everywhere.said, { timeout: 60_000 }).toContain('Ctrl+C');
  expect(everywhere.said()).toContain('Over plain http browsers give WebGPU and threads to localhost alone');
  const { port } = urlOf(everywhere.said());
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
  everywhere.child.kill();
  expect(await everywhere.ended).toBe(0);
});

test('a server whose npm was ended ends too', async () => {
  test.skip(process.platform === 'win32', 'there are no signals');
  // As npm does it: a shell that waits, and that alone is told.
  const shell = spawn('sh', ['-c', 'node --import tsx scripts/serve.ts; true'], {
    cwd: root,
    env: { ...process.env, PORT: '', HOST: '', npm_lifecycle_event: 'start' },
  });
  let said = '';
  shell.stdout.on('data', (part: Buffer) => (said += part.toString()));
  await expect.poll(() => said, { timeout: 60_000 }).toContain('Ctrl+C');
  // Its output ends when the server does, which has inherited it.
  const ended = new Promise((done) => shell.once('close', done));
  shell.kill('SIGTERM');
  await ended;
  await expect(fetch(urlOf(said))).rejects.toThrow();
});
