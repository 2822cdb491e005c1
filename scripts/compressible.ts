import { extname } from 'node:path';

/** What is worth compressing, and its type. The dataset's shards are PNG: they are compressed already. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.mjs', 'text/javascript; charset=utf-8'],
  ['.svg', 'image/svg+xml; charset=utf-8'],
  ['.txt', 'text/plain; charset=utf-8'],
  ['.webmanifest', 'application/manifest+json; charset=utf-8'],
  ['.wasm', 'application/wasm'],
]);

/** The type of a file that the build keeps compressed beside it (`NAME.gz`); undefined for all others. */
export const compressibleType = (file: string): string | undefined => TYPES.get(extname(file));
