import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'playwright/test';
import { build } from 'vite';
import { serve } from '../scripts/serve.ts';

/** The taps of a 3x3 window that are inside, over all pixels of an 8x8 map: (8 + 7 + 7)^2. */
const TAPS = 22 ** 2;

test('a built and minified worker computes on two WASM threads', async ({ page }) => {
  const root = resolve(import.meta.dirname, 'fixtures/wasmThreads');
  const configFile = resolve(import.meta.dirname, '../vite.config.ts');
  const dist = mkdtempSync(join(tmpdir(), 'wasm-threads-'));
  await build({
    root,
    configFile,
    logLevel: 'warn',
    build: { outDir: dist, emptyOutDir: true, sourcemap: false },
  });
  const server = await serve({ dist, port: 0 });
  try {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(server.resolvedUrls.local[0] ?? '');
    await expect(page.locator('output')).toHaveText(`helpers 1, sums ${4 * 16 * 16 * TAPS}`);
    expect(errors).toEqual([]);
  } finally {
    await server.close();
    rmSync(dist, { recursive: true });
  }
});
