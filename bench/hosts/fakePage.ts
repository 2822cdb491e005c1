/** The real page on a client that trains nothing (src/app/testing/fake.html), built, in a real Chromium. */
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { serve } from '../../scripts/serve.ts';
import { type OpenSite, openServed } from './page.ts';

const repository = resolve(import.meta.dirname, '../..');
const configFile = join(repository, 'vite.config.ts');
const root = join(repository, 'src/app/testing');

export async function openFakePage(): Promise<OpenSite> {
  const dist = mkdtempSync(join(tmpdir(), 'fake-page-'));
  const input = join(root, 'fake.html');
  await build({
    root,
    configFile,
    logLevel: 'error',
    build: { outDir: dist, emptyOutDir: true, sourcemap: false, rolldownOptions: { input } },
  });
  const index = join(dist, 'index.html');
  renameSync(join(dist, 'fake.html'), index);
  const site = await openServed(await serve({ dist, port: 0 }));
  return {
    ...site,
    async close() {
      await site.close();
      rmSync(dist, { recursive: true });
    },
  };
}
