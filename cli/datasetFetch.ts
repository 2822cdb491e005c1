/** The dataset from disk, for the loader that in the browser fetches it. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { DatasetFetch } from '../src/data/fetchFile.ts';

/** A `fetch` whose addresses are paths relative to `folder`; a missing file is answered 404. */
export function datasetFetch(folder: string): DatasetFetch {
  return async (url) => {
    const bytes = await readOrNull(resolve(folder, url));
    return {
      ok: bytes !== null,
      status: bytes ? 200 : 404,
      arrayBuffer: () => Promise.resolve(bytes ? Uint8Array.from(bytes).buffer : new ArrayBuffer(0)),
    };
  };
}

async function readOrNull(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
