/** The dataset from disk, for the loader that in the browser fetches it. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DatasetFetch } from '../../src/data/fetchFile.ts';
import { CommandError } from '../commandError.ts';
import { fileFault } from '../fileFault.ts';

/**
 * A `fetch` whose addresses are paths relative to `folder`. Rejects with a CommandError where one cannot be read. It reads at once, which
 * takes a millisecond or two: a process that trains gives way once a step, reading in pieces takes many such turns, and on a busy
 * machine the loader then takes the disk for a network that keeps silent.
 */
export function datasetFetch(folder: string): DatasetFetch {
  return (url) => {
    const path = resolve(folder, url);
    try {
      const { buffer } = Uint8Array.from(readFileSync(path));
      return Promise.resolve({ ok: true, status: 200, arrayBuffer: () => Promise.resolve(buffer) });
    } catch (error) {
      const fault = new CommandError(`${path} cannot be read: ${fileFault(error)}`, { cause: error });
      return Promise.reject(fault);
    }
  };
}
