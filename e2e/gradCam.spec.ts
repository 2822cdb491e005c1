/** What nets look at, their paths, and their signal by step, in the page as it is served. */
import AxeBuilder from '@axe-core/playwright';
import { readFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import { expect, test, type Page } from 'playwright/test';
import { button, ended, opened } from './framePage.ts';

const choose = (page: Page, name: string) => page.getByRole('radio', { name, exact: true }).check();
const summary = (page: Page) => page.locator('.view-summary');
const picture = (page: Page) => page.locator('.view-picture');
const openView = (page: Page, name: string) =>
  page.locator('.inside-views button', { hasText: name }).click();

async function axeClean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('.inside').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

test('nets\u2019 heat, maps, filters, paths and columns by step are there, and go where they are asked to', async ({
  page,
}) => {
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await opened(page, './?backend=wasm#e=1p8x2,r8x2;n60;b16;x');
  await button(page, 'Train').click();
  await ended(page);
  await page.getByRole('tab', { name: 'Inside' }).click();

  await openView(page, 'What it looks at');
  await expect(summary(page)).toContainText('The heat is above half of its highest on', { timeout: 60_000 });
  // Six photographs, and the heat of two nets in each.
  await expect(picture(page).locator('image')).toHaveCount(18);
  await expect(picture(page)).toContainText('cat, test image 0');
  await button(page, 'Later').focus();
  await page.keyboard.press('Enter');
  await expect(picture(page)).toContainText('test image 6', { timeout: 30_000 });
  await page.getByRole('textbox', { name: 'From number' }).fill('40');
  await expect(picture(page)).toContainText('test image 40', { timeout: 30_000 });
  await page.getByRole('combobox', { name: 'Layer' }).selectOption('layer1.0.conv1');
  await page.getByRole('combobox', { name: 'Heat of' }).selectOption('frog');
  await expect(picture(page)).toHaveAttribute('aria-label', 'Grad-CAM at layer1.0.conv1', {
    timeout: 30_000,
  });
  await expect(picture(page).locator('text', { hasText: /^frog / })).toHaveCount(12, { timeout: 30_000 });
  await choose(page, 'each its own');
  await axeClean(page);
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'JSON').click()]);
  const { rows } = JSON.parse(readFileSync(await download.path(), 'utf8')) as {
    rows: Record<string, unknown>[];
  };
  expect(rows).toHaveLength(12);
  expect(rows[0]).toMatchObject({ net: 'plain-8', image: 40, layer: 'layer1.0.bn1', 'heat of': 'frog' });

  await choose(page, 'your picture');
  const png = new PNG({ width: 40, height: 40 });
  png.data.fill(200);
  await page.locator('.picture-picker input[type=file]').setInputFiles({ name: 'mine.png', mimeType: 'image/png', buffer: PNG.sync.write(png) }); // prettier-ignore
  await expect(picture(page)).toContainText('your picture', { timeout: 30_000 });
  await expect(picture(page).locator('image')).toHaveCount(3);
  await choose(page, 'Feature maps');
  await expect(summary(page)).toContainText('Your picture: ', { timeout: 30_000 });
  await choose(page, 'First filters');
  await expect(summary(page)).toContainText('Share of the filters', { timeout: 30_000 });
  await expect(picture(page).locator('image')).toHaveCount(4);

  await openView(page, 'Cut, swap, dial');
  await choose(page, 'gradient by length of path');
  await expect(summary(page)).toContainText(/ResNet-8: half of its paths go through 1 or fewer of its 3 branches.*plain-8 has no shortcuts: one path/, { timeout: 60_000 }); // prettier-ignore

  await openView(page, 'Signal by depth');
  await expect(summary(page)).toContainText('Median relative update', { timeout: 60_000 });
  await choose(page, 'layers and steps');
  await choose(page, 'update');
  await expect(summary(page)).toContainText(/plain-8 from [\d.]+ at step 1 to [\d.]+ at step 60/, { timeout: 60_000 }); // prettier-ignore
  await expect(picture(page).locator('image')).toHaveCount(2);
  await axeClean(page);
  expect(errors).toEqual([]);
});
