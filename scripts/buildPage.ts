/**
 * `npm run build`: the page into dist/, by way of a folder beside it. A server that is running goes on with whole pages, and
 * two builds at once do not disturb each other.
 */
import { join } from 'node:path';
import { build } from 'vite';
import { compressed } from './compressed.ts';
import { replaceFolder } from './dataset/folder.ts';
import { offline } from './offline.ts';
import { policyTag } from './policyTag.ts';
import { META_POLICY } from '../src/serviceWorker/securityHeaders.ts';

const root = join(import.meta.dirname, '..');

await replaceFolder(join(root, 'dist'), async (outDir) => {
  const plugins = [policyTag(META_POLICY), offline(), compressed()];
  await build({ root, plugins, build: { outDir, emptyOutDir: true } });
});
