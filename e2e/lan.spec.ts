/** The page as a class opens it: over plain http from another machine's address, which is no secure context. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { resolve } from 'node:path';
import { expect, test, type Page } from 'playwright/test';
import { goTo } from './framePage.ts';

const address = Object.values(networkInterfaces())
  .flatMap((found) => found ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

// One server for all of them.
test.describe.configure({ mode: 'default' });

let server: ChildProcess | undefined;
let origin = '';

const freePort = () =>
  new Promise<number>((settle) => {
    const probe = createServer().listen(0, '0.0.0.0', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => settle(port));
    });
  });

test.beforeAll(async () => {
  if (!address) return;
  const port = await freePort();
  origin = `http://${address}:${port}`;
  server = spawn(process.execPath, ['--import', 'tsx', 'scripts/serve.ts'], {
    cwd: resolve(import.meta.dirname, '..'),
    env: { ...process.env, HOST: '0.0.0.0', PORT: String(port) },
    stdio: 'ignore',
  });
  await expect
    .poll(
      () =>
        fetch(origin).then(
          ({ ok }) => ok,
          () => false,
        ),
      { timeout: 60_000 },
    )
    .toBe(true);
});
test.afterAll(() => void server?.kill());

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const LINK = '#e=1p8x4;n20;b16;x';

test('on plain http from another machine it trains, copies its link and shows recorded runs', async ({
  page,
}) => {
  test.skip(!address, 'this machine has no address but localhost');
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${origin}/${LINK}`);
  expect(
    await page.evaluate(() => [
      isSecureContext,
      'subtle' in crypto,
      'clipboard' in navigator,
      'locks' in navigator,
    ]),
  ).toEqual([false, false, false, false]);

  const deviceNote = page.locator('.device-why');
  await expect(deviceNote).toContainText('WebAssembly, processor');
  await expect(deviceNote).toContainText(
    'This page came over plain http from another machine: the browser then hides WebGPU and threads. https or localhost has them.',
  );
  await expect(deviceNote).not.toContainText('has no WebGPU');
  await expect(deviceNote).not.toContainText('threads a lane');

  await button(page, 'Train').click();
  await expect(page.locator('.lane').first()).toContainText('Done: 20 steps', { timeout: 120_000 });

  await button(page, 'Copy link').click();
  await expect(page.getByRole('status').filter({ hasText: 'Link copied' })).toBeAttached();
  // Pasted where a person would: the page cannot read the clipboard.
  await page.evaluate(() => {
    const field = document.createElement('textarea');
    field.id = 'pasted';
    document.body.append(field);
    field.focus();
  });
  await page.keyboard.press('ControlOrMeta+V');
  await expect(page.locator('#pasted')).toHaveValue(`${origin}/${LINK}`);

  await goTo(page, 'Runs');
  await page.getByRole('radio', { name: /^Recorded/ }).check();
  const first = page.locator('.recordings').getByRole('checkbox').first();
  await first.click();
  await expect(first).toBeChecked();
  await expect(page.getByText(/SHA-256/)).toHaveCount(0);
  expect(errors).toEqual([]);
});

test('?backend=webgpu there says that it is hidden, not that the browser lacks it', async ({ page }) => {
  test.skip(!address, 'this machine has no address but localhost');
  await page.goto(`${origin}/?backend=webgpu${LINK}`);
  await expect(page.locator('.device-why')).toContainText(
    'but browsers hide WebGPU from a page that came over plain http from another machine. WebAssembly trains instead',
  );
});
