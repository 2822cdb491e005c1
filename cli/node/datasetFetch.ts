/** The dataset from disk, for the loader that in the browser fetches it. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { DatasetFetch } from '../../src/data/fetchFile.ts';
import { CommandError } from '../commandError.ts';
import { fileFault } from '../fileFault.ts';

/** A `fetch` whose addresses are paths relative to `folder`. Rejects with a CommandError where one cannot be read. */
export function datasetFetch(folder: string): DatasetFetch {
  return async (url) => {
    const path = resolve(folder, url);
    let bytes: Buffer;
    try {
      bytes = await readFile(path);
    } catch (error) {
      throw new CommandError(`${path} cannot be read: ${fileFault(error)}`, { cause: error });
    }
    return { ok: true, status: 200, arrayBuffer: () => Promise.resolve(Uint8Array.from(bytes).buffer) };
  };
}
