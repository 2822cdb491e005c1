/**
 * `npm run build`: the page into dist/, by way of a folder beside it. A server that is running goes on with whole pages, and
 * two builds at once do not disturb each other.
 */
import { join } from 'node:path';
import { build } from 'vite';
import { replaceFolder } from './dataset/folder.ts';

const root = join(import.meta.dirname, '..');

await replaceFolder(join(root, 'dist'), async (outDir) => {
  await build({ root, build: { outDir, emptyOutDir: true } });
});
