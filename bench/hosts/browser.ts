/** Benchers in workers of a real Chromium, on a built page that is cross-origin isolated as ours is. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Page, chromium } from 'playwright';
import { build } from 'vite';
import { SOFTWARE_WEBGPU, launchOptions } from '../../scripts/browser.ts';
import { ensureBrowser } from '../../scripts/ensureBrowser.ts';
import { serve } from '../../scripts/serve.ts';
import { CONTENT_SECURITY_POLICY } from '../../src/serviceWorker/securityHeaders.ts';
import type { Bencher } from '../bencher.ts';
import type { BenchPage } from '../browser/main.ts';
import { createRemote } from '../remote.ts';
import type { Host } from './host.ts';

declare const bench: BenchPage;

const repository = resolve(import.meta.dirname, '../..');
const configFile = join(repository, 'vite.config.ts');
const root = join(repository, 'bench/browser');

/** jax-js makes its workers of text. */
const WITH_RIVALS = CONTENT_SECURITY_POLICY.replace("worker-src 'self'", "worker-src 'self' blob:");

export interface BrowserHost extends Host {
  readonly page: Page;
}

/** Builds and opens the page of the benchmarks. Without `hardware`, WebGPU is SwiftShader's. */
export async function openBrowser({ hardware = false } = {}): Promise<BrowserHost> {
  const dist = mkdtempSync(join(tmpdir(), 'bench-'));
  await build({
    root,
    configFile,
    logLevel: 'error',
    publicDir: join(repository, 'public'),
    build: { outDir: dist, emptyOutDir: true, sourcemap: false },
  });
  const server = await serve({ dist, port: 0, policy: WITH_RIVALS });
  const flags = hardware ? ['--enable-unsafe-webgpu'] : SOFTWARE_WEBGPU;
  const browser = await chromium.launch(launchOptions(ensureBrowser(), flags));
  const page = await browser.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') console.error(`  in the browser: ${message.text()}`);
  });
  await page.goto(server.resolvedUrls.local[0] ?? '');
  await page.waitForFunction(() => 'bench' in globalThis);

  return {
    device: `Chromium ${browser.version()}`,
    page,
    async spawn() {
      const number = await page.evaluate(() => bench.spawn());
      const { remote, hear, fail } = createRemote<Bencher>((call) => {
        page
          .evaluate(([worker, sent]) => bench.call(worker, sent), [number, call] as const)
          .then(hear, (error: unknown) => fail(String(error)));
      });
      return { bencher: remote, end: () => page.evaluate((worker) => bench.terminate(worker), number) };
    },
    async close() {
      await browser.close();
      await server.close();
      rmSync(dist, { recursive: true });
    },
  };
}
