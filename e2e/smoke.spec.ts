import { expect, test } from 'playwright/test';

test('the page opens, isolated, without an error', async ({ page }) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto('./#/lab');
  await expect(page.locator('h1')).toBeVisible();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(errors).toEqual([]);
});

test('the server keeps hashed files for ever, asks again for the page, and has no file outside dist', async ({
  request,
}) => {
  const page = await request.get('/');
  expect(page.headers()['cache-control']).toBe('no-cache');
  // For hosts that send no headers, and before anything that it judges.
  expect(await page.text()).toMatch(
    /<head>\s*<meta http-equiv="Content-Security-Policy" content="default-src /,
  );
  const script = /src="\.(\/assets\/[^"]+\.js)"/.exec(await page.text())?.[1];
  expect(script).toBeDefined();
  const asset = await request.get(script ?? '');
  expect(asset.headers()['content-type']).toContain('javascript');
  expect(asset.headers()['cache-control']).toContain('immutable');
  expect((await request.get('/datasets/no-such-shard.png')).status()).toBe(404);
  expect((await request.get('/..%2fpackage.json')).status()).toBe(404);
});
