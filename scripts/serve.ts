/**
 * Serves the built page: `tsx scripts/serve.ts`. PORT and HOST are respected; without PORT it takes 4173 or the next free
 * port. Vite's preview server does the work (types, compression, ETags, ranges, no way out of dist/, isolation headers).
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { preview, type Plugin, type PreviewServer } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DEFAULT_PORT = 4173;

export interface ServeOptions {
  /** Take exactly this port and fail if it is taken; without it 4173 or the next that is free. */
  readonly port?: number;
  /** The address to listen on; only this machine by default. */
  readonly host?: string;
  /** The folder that `dist` is relative to, by default the repository. */
  readonly root?: string;
  /** By default vite.config.ts in `root`. */
  readonly configFile?: string;
  /** The built page, by default dist/ in `root`. */
  readonly dist?: string;
}

/** Vite puts a hash of the content into the names in assets/: they never change. All else is asked for again (ETag). */
function immutableAssets(): Plugin {
  return {
    name: 'immutable-assets',
    configurePreviewServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = (request.url ?? '').split('?')[0] ?? '';
        if (/^\/assets\/[^/]+-[\w-]{8}\.\w+$/.test(path)) {
          const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => typeof response;
          // Only where there is such a file: a 404 must not be kept for a year.
          response.writeHead = (status: number, ...rest: unknown[]) => {
            if (status === 404) response.removeHeader('Cache-Control');
            return writeHead(status, ...rest);
          };
          response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
        }
        next();
      });
    },
  };
}

/** Starts the server. Throws if there is no built page or if a given port is taken. */
export async function serve(options: ServeOptions = {}): Promise<PreviewServer> {
  const root = options.root ?? ROOT;
  const dist = resolve(root, options.dist ?? 'dist');
  if (!existsSync(join(dist, 'index.html')))
    throw new Error(`no built page in ${dist}: run \`npm run build\``);
  return preview({
    root,
    ...(options.configFile === undefined ? {} : { configFile: options.configFile }),
    build: { outDir: dist },
    plugins: [immutableAssets()],
    preview: {
      port: options.port ?? DEFAULT_PORT,
      strictPort: options.port !== undefined,
      ...(options.host === undefined ? {} : { host: options.host }),
    },
  });
}

/** A port from the environment; throws a sentence on nonsense. */
export function parsePort(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new Error(`PORT is not a port number: ${text}`);
  return port;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    const port = parsePort(process.env['PORT']);
    const host = process.env['HOST'];
    const server = await serve({
      ...(port === undefined ? {} : { port }),
      ...(host === undefined ? {} : { host }),
    });
    const urls = [...(server.resolvedUrls?.local ?? []), ...(server.resolvedUrls?.network ?? [])];
    console.log(`\n  Residual Playground: ${urls.join('  ')}\n  Stop it with Ctrl+C.\n`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
