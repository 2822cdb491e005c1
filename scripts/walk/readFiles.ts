import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The contents of a folder's files, hidden ones and folders left out. */
export const readFiles = (folder: string): Buffer[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => readFileSync(join(folder, entry.name)));
