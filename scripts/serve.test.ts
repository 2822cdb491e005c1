import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askedFor, parsePort, serve, type ServedPage } from './serve.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'serve-'));
  writeFileSync(join(folder, 'index.html'), 'the page');
});
afterAll(() => rmSync(folder, { recursive: true }));

const portOf = ({ resolvedUrls }: ServedPage) => Number(new URL(resolvedUrls.local[0] ?? '').port);

test('two take two ports', async () => {
  const first = await serve({ dist: folder });
  const second = await serve({ dist: folder });
  expect(portOf(first)).toBeGreaterThanOrEqual(4173);
  expect(portOf(second)).not.toBe(portOf(first));
  await Promise.all([first.close(), second.close()]);
});

test('two that start in the same moment take two ports', async () => {
  const both = await Promise.all([serve({ dist: folder }), serve({ dist: folder })]);
  expect(new Set(both.map(portOf)).size).toBe(2);
  await Promise.all(both.map((one) => one.close()));
});

test('a port that was asked for and is taken is said', async () => {
  const first = await serve({ dist: folder, port: 0 });
  const port = portOf(first);
  await expect(serve({ dist: folder, port })).rejects.toThrow(
    `port ${port} is taken: set PORT to another one, or leave it out and the next free one is taken`,
  );
  await first.close();
});

test.each(['no.such.host.invalid', '203.0.113.7'])('%s is no address to listen on', async (host) => {
  await expect(serve({ dist: folder, port: 0, host })).rejects.toThrow(/^HOST is no address .*: /);
});

test('no built page, no server', async () => {
  await expect(serve({ dist: join(folder, 'none') })).rejects.toThrow('run `npm run build`');
});

test('closing does not wait for who is still connected', async () => {
  const own = await serve({ dist: folder, port: 0 });
  const idle = connect(portOf(own), 'localhost');
  const ended = new Promise((done) => idle.on('close', done));
  await new Promise((done) => idle.on('connect', done));
  idle.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  await new Promise((done) => idle.once('data', done));
  await own.close();
  await ended;
});

test('HOST=0.0.0.0 is answered on the loopback address of IPv4 too', async () => {
  const own = await serve({ dist: folder, port: 0, host: '0.0.0.0' });
  const answered = await fetch(`http://127.0.0.1:${portOf(own)}/`);
  expect(answered.status).toBe(200);
  await own.close();
});

test('PORT is a port number or nothing', () => {
  expect(parsePort(undefined)).toBeUndefined();
  expect(parsePort('')).toBeUndefined();
  expect(parsePort('8080')).toBe(8080);
  for (const text of ['http', '-1', '65536', '80.5', '0x50', '1e3', ' 80'])
    expect(() => parsePort(text)).toThrow(`PORT is not a port number: ${text}`);
});

test('port and host come from the command line, and where it is silent from the environment', () => {
  expect(askedFor([], {})).toEqual({});
  expect(askedFor([], { PORT: '4000', HOST: '0.0.0.0' })).toEqual({ port: 4000, host: '0.0.0.0' });
  expect(askedFor(['--port', '4617'], { PORT: '4000' })).toEqual({ port: 4617 });
  expect(askedFor(['--port=4617', '--host=::'], { HOST: 'localhost' })).toEqual({ port: 4617, host: '::' });
});

test.each([
  [['--prot', '4617'], /Unknown option '--prot'; usage: .*--port N/],
  [['4617'], /Unexpected argument '4617'/],
  [['--port'], /--port.*argument missing; usage/],
  [['--port', ''], /an argument is empty; usage/],
  [['--port', 'http'], /^--port is not a port number: http$/],
])('what the command line does not know is refused: %j', (args, message) => {
  expect(() => askedFor(args, {})).toThrow(message);
});
