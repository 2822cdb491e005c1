/**
 * The browser tests: finds or installs a Chromium and a free port, then hands over to Playwright with its arguments; first those that run
 * side by side, then those that run alone.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { ensureBrowser } from './ensureBrowser.ts';

/** A port that is free now. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, 'localhost', () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('no free port'));
      });
    });
  });
}

try {
  const browser = ensureBrowser();
  console.log(`browser: ${browser}`);
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright/package.json')), 'cli.js');
  const asked = process.argv.slice(2);
  const playwright = async (args: readonly string[]): Promise<number> =>
    spawnSync(process.execPath, [cli, 'test', '--config', 'e2e/playwright.config.ts', ...args, ...asked], {
      stdio: 'inherit',
      env: { ...process.env, CHROMIUM_PATH: browser, E2E_PORT: String(await freePort()) },
    }).status ?? 1;
  // A name that is given may be of either project, and has to be of one.
  process.exitCode = asked.length === 0 ? 0 : await playwright(['--list', '--reporter', 'dot']);
  if (process.exitCode === 0)
    for (const project of ['together', 'alone'])
      process.exitCode ||= await playwright(['--project', project, '--pass-with-no-tests']);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
