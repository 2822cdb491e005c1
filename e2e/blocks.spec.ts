/** Nets before the first step, and block by block, in the page as it is served. */
import AxeBuilder from '@axe-core/playwright';
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from 'playwright/test';
import { button, ended, opened } from './framePage.ts';

const summary = (page: Page) => page.locator('.view-summary');
async function look(page: Page, view: string): Promise<void> {
  await page.locator('.inside-views button', { hasText: view }).click();
  await expect(page.locator('.view-picture')).toBeVisible({ timeout: 60_000 });
}
async function axeClean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('.inside').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

test('gradients are looked at before anything is trained, and trained nets where they stop', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await opened(page, './?backend=wasm#e=1p8x1,r14x1;n10;b16;x');
  await page.getByRole('tab', { name: 'Inside' }).click();
  await look(page, 'Shattered gradients');
  // What has come is drawn before all is there.
  await expect(summary(page)).toContainText('Before the first step, mean of ');
  await expect(summary(page)).toContainText('mean of 20 draws', { timeout: 60_000 });
  await expect(page.locator('.view-picture image')).toHaveCount(4 + 2);
  await axeClean(page);
  await button(page, 'Train').click();
  await ended(page);
  await look(page, 'Block by block');
  await expect(summary(page)).toContainText('Of the first 2,000 test images wrong, by the whole net', {
    timeout: 60_000,
  });
  await expect(summary(page)).toContainText(/Blocks that push down the loss: \d of 4 in ResNet-14/, { timeout: 60_000 }); // prettier-ignore
  await axeClean(page);
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'JSON').click()]);
  const { rows } = JSON.parse(readFileSync(await download.path(), 'utf8')) as { rows: unknown[] };
  expect(rows).toHaveLength(4 + 7);
});
