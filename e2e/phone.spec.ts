/** What a phone has room for: the tools in one row with all behind More, and Pause in reach wherever one is. */
import { expect, test } from 'playwright/test';
import { button, goTo } from './framePage.ts';

test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

test('the tools are one row, More has the others, and what it opened gives the focus back', async ({
  page,
}) => {
  await page.goto('./#/lab');
  const tools = page.locator('.tools');
  await expect(tools).toHaveAttribute('data-compact', 'true');
  expect((await tools.boundingBox())!.height).toBeLessThanOrEqual(40);
  // Both nets are seen whole.
  for (const lane of await page.locator('.lane').all()) await expect(lane).toBeInViewport({ ratio: 1 });
  await page.getByText('More', { exact: true }).tap();
  await page.getByLabel('All measures').check();
  await expect(page.locator('.chart-card')).toHaveCount(5);
  await expect(page.getByRole('slider', { name: 'Smoothing' })).toBeVisible();
  await button(page, 'Export, import').tap();
  await expect(page.getByRole('dialog', { name: 'Export and import' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(button(page, 'Export, import')).toBeFocused();
});

test('Pause is in reach at the foot of every place, however far one has scrolled', async ({ page }) => {
  await page.goto('./?backend=wasm#e=1p8x2,p14x2;n40000;b16');
  await button(page, 'Train').tap();
  for (const place of ['Lab', 'Start', 'Runs'] as const) {
    await goTo(page, place);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await expect(button(page, 'Pause')).toBeInViewport({ ratio: 1 });
    expect((await button(page, 'Pause').boundingBox())!.height).toBeGreaterThanOrEqual(42);
  }
  await goTo(page, 'Lab');
  await button(page, 'Stop').tap();
});

test('the runs are a list no wider than the window, sorted by a menu', async ({ page }) => {
  await page.goto('./?backend=wasm#e=1p8x2,p14x2;n2;b16');
  await button(page, 'Train').tap();
  await expect(button(page, 'Train again')).toBeVisible({ timeout: 60_000 });
  await goTo(page, 'Runs');
  const names = page.getByRole('button', { name: /^Rename / });
  await expect(names).toHaveText(['plain-8', 'plain-14']);
  await page.getByLabel('Sort by').selectOption('Depth');
  await page.getByRole('button', { name: 'The other way round' }).tap();
  await expect(names).toHaveText(['plain-14', 'plain-8']);
  for (const width of [320, 360, 768]) {
    await page.setViewportSize({ width, height: 740 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(over, `${width} px`).toBeLessThanOrEqual(0);
  }
});
