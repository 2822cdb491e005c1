/** A build plugin: text and WebAssembly compressed once, beside the files themselves (`NAME.gz`), for scripts/serve.ts. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Plugin } from 'vite';
import { compressibleType } from './compressible.ts';

const LEVEL = 9;
/** A smaller file fits one packet either way. */
const SMALLEST = 1024;

/** Writes the compressed files; gives back how many. gzip alone: over plain http browsers take nothing else. */
export async function compressFolder(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && compressibleType(entry.name) !== undefined)
    .map((entry) => join(entry.parentPath, entry.name));
  const written = await Promise.all(
    files.map(async (file) => {
      const content = await readFile(file);
      if (content.byteLength < SMALLEST) return false;
      await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: LEVEL }));
      return true;
    }),
  );
  return written.filter(Boolean).length;
}

export function compressed(): Plugin {
  let folder = '';
  return {
    name: 'compressed',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    // Once everything is there, what Vite copies from public/ too.
    async closeBundle() {
      this.info(`${await compressFolder(folder)} files compressed`);
    },
  };
}
