import { defineConfig } from 'playwright/test';
import { ensureBrowser } from '../scripts/ensureBrowser.ts';
import { launchOptions } from '../scripts/browser.ts';

// scripts/e2e.ts sets both; the other values let `npx playwright test -c e2e` work too.
const port = process.env['E2E_PORT'] ?? '4179';
const browser = process.env['CHROMIUM_PATH'] ?? ensureBrowser();

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results',
  projects: [
    // Two at a time, whatever the file: while one page waits, boots or is read by axe, another trains.
    { name: 'together', grepInvert: /@alone/, fullyParallel: true },
    // What promises a time runs after the others (scripts/e2e.ts), beside nothing but its like, which waits most of its time.
    { name: 'alone', grep: /@alone/, fullyParallel: true, outputDir: '../test-results/alone' },
  ],
  workers: 2,
  forbidOnly: Boolean(process.env['CI']),
  // The reporter lists as flaky what passes when tried again: a defect, to be mended (docs/decisions/2026-11-26-flaky-tests.md).
  retries: 1,
  // They share the machine: what each takes depends on the others.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  use: {
    // What is not there after so long does not come.
    actionTimeout: 30_000,
    baseURL: `http://localhost:${port}`,
    browserName: 'chromium',
    // A page that is kept would answer where tests hold files back; e2e/offline.spec.ts has it.
    serviceWorkers: 'block',
    viewport: { width: 1280, height: 800 },
    launchOptions: launchOptions(browser),
    trace: 'off',
    video: 'off',
    screenshot: 'only-on-failure',
  },
  webServer: {
    command: 'npx --no-install tsx scripts/serve.ts',
    cwd: '..',
    env: { PORT: port },
    url: `http://localhost:${port}`,
    reuseExistingServer: false,
    timeout: 60_000,
  },
});
