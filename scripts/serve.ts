/**
 * Serves the built page: `tsx scripts/serve.ts [--port N] [--host ADDRESS]`, or PORT and HOST in the environment. Without a port it
 * takes 4173 or the next free one, without a host it answers this machine alone; 0.0.0.0 (or ::) means every address of the machine,
 * IPv6 included.
 *
 * Any host name is answered. A page elsewhere whose name is made to lead here (DNS rebinding) can read what anybody can
 * who opens the address, the built page, and there is nothing else to read or to change.
 */
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Addresses, addressesOf, announcement, isEverywhere } from './addresses.ts';
import { serveFolder } from './staticFiles.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DEFAULT_PORT = 4173;
/** How many ports are tried where none is asked for. */
const PORTS = 100;

export interface ServeOptions {
  /** Take exactly this port and fail if it is taken, 0 for any; without it 4173 or the next that is free. */
  readonly port?: number;
  /** The address to listen on; only this machine by default. */
  readonly host?: string;
  /** The built page, by default dist/ of the repository. */
  readonly dist?: string;
  /** Another Content-Security-Policy than the page's, for what is served in benchmarks. */
  readonly policy?: string;
}

export interface ServedPage {
  readonly resolvedUrls: Addresses;
  /** Ends at once, whatever is under way. */
  close(): Promise<void>;
}

const FAULTS: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (_, port) =>
    `port ${port} is taken: set PORT to another one, or leave it out and the next free one is taken`,
  EACCES: (_, port) => `port ${port} is not allowed to this user: set PORT to one above 1023`,
  EADDRNOTAVAIL: (host) => `HOST is no address of this machine: ${host}`,
  ENOTFOUND: (host) => `HOST is no address that can be found: ${host}`,
  EAI_AGAIN: (host) => `HOST is no address that can be found now: ${host}`,
};

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Everywhere is left to Node: IPv6 with IPv4, or IPv4 alone where the machine has no IPv6. */
function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen({ port, ...(isEverywhere(host) ? {} : { host }) }, () => {
      server.off('error', fail);
      done();
    });
  });
}

async function listenOnFree(server: Server, host: string): Promise<void> {
  for (let port = DEFAULT_PORT; ; port++) {
    try {
      await listen(server, host, port);
      return;
    } catch (error) {
      if (codeOf(error) !== 'EADDRINUSE' || port === DEFAULT_PORT + PORTS - 1) throw error;
    }
  }
}

/** Starts the server. Throws a sentence if there is no built page, or if port or host cannot be had. */
export async function serve(options: ServeOptions = {}): Promise<ServedPage> {
  const dist = resolve(ROOT, options.dist ?? 'dist');
  if (!existsSync(join(dist, 'index.html')))
    throw new Error(`no built page in ${dist}: run \`npm run build\``);
  const host = options.host ?? 'localhost';
  const server = createServer(serveFolder(dist, options.policy));
  // Node would hang up on who asks for a tunnel.
  server.on('connect', (_request, socket) => {
    socket.on('error', () => socket.destroy());
    socket.end('HTTP/1.1 405 Method Not Allowed\r\nConnection: close\r\n\r\n', () => socket.destroy());
  });
  try {
    if (options.port === undefined) await listenOnFree(server, host);
    else await listen(server, host, options.port);
  } catch (error) {
    const say = FAULTS[codeOf(error)];
    if (!say) throw error;
    throw new Error(say(host, options.port ?? DEFAULT_PORT), { cause: error });
  }
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the server has no port');
  return {
    resolvedUrls: addressesOf(host, bound.port, bound.family === 'IPv6'),
    close: () =>
      new Promise((done, fail) => {
        server.close((error) => (error ? fail(error) : done()));
        server.closeAllConnections();
      }),
  };
}

/** A port out of `where`; throws a sentence on nonsense. */
export function parsePort(text: string | undefined, where = 'PORT'): number | undefined {
  if (text === undefined || text === '') return undefined;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) throw new Error(`${where} is not a port number: ${text}`);
  return port;
}

const USAGE = 'usage: tsx scripts/serve.ts [--port N] [--host ADDRESS]';

/** What is asked for on the command line, and where it is silent in the environment. Throws a sentence on what it does not know. */
export function askedFor(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Pick<ServeOptions, 'port' | 'host'> {
  const { port: portText, host: hostText } = readArguments(args);
  const port = portText === undefined ? parsePort(environment['PORT']) : parsePort(portText, '--port');
  const host = hostText ?? environment['HOST'];
  if (portText === '' || hostText === '') throw new Error(`an argument is empty; ${USAGE}`);
  return {
    ...(port === undefined ? {} : { port }),
    ...(host === undefined || host === '' ? {} : { host }),
  };
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: { port: { type: 'string' }, host: { type: 'string' } } })
      .values;
  } catch (error) {
    const why = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new Error(`${why}; ${USAGE}`, { cause: error });
  }
}

/**
 * SIGTERM to `npm start` ends npm and its shell, which pass it on to nobody (npm 11.19): a server that was started so ends
 * when its shell is gone. To be deleted once npm, or sh, passes signals on.
 */
function endWithNpm(end: () => void): void {
  if (process.env['npm_lifecycle_event'] !== 'start') return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    end();
  }, 500);
  watch.unref();
}

async function main(): Promise<void> {
  const server = await serve(askedFor(process.argv.slice(2), process.env));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void server.close());
  endWithNpm(() => void server.close());
  console.log(announcement(server.resolvedUrls));
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
