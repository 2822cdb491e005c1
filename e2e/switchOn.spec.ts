/** A net that goes on as another one after so many steps: the preset, its link, and what comes of it without a hand. */
import { expect, test, type Page } from 'playwright/test';
import { keptRuns } from '../scripts/chaos/kept.ts';

const LONG = { timeout: 180_000 };
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).first();

test('the preset puts plain-56 and its branch on the page, and the address says where it goes on from', async ({
  page,
}) => {
  await page.goto('./?backend=wasm#/lab');
  await button(page, 'Other questions').click();
  await page.locator('[data-preset="switch-on"]').getByRole('button', { name: /^Use/ }).click();
  const branch = page.locator('.lane').nth(1);
  await expect(branch).toContainText('goes on from plain-56 at step 300');
  await expect.poll(() => page.evaluate(() => location.hash)).toMatch(/^#e=1p56x\d+,r56x\d+:1_300;n\d+/);
});

test('opened from a link a plain net trains to step 300, its branch begins there, and both are compared after it', async ({
  page,
}) => {
  test.setTimeout(240_000);
  await page.goto('./?backend=wasm#e=1p8x2,r8x2:1_300;n420;b16;a;t60_100;x');
  await button(page, 'Train').click();
  await expect(page).toHaveTitle(/^Done/, LONG);
  const over = async () => (await keptRuns(page)).filter(({ end }) => end === 'completed');
  await expect.poll(async () => (await over()).length, { timeout: 20_000 }).toBe(2);
  const runs = await over();
  const parent = runs.find(({ chapters }) => chapters.length === 0)!;
  const branch = runs.find(({ chapters }) => chapters.length > 0)!;
  expect(branch.chapters[0]).toEqual({ kind: 'branched', step: 300 });
  const [before, after] = [parent, branch].map(({ series }) => series['loss']!);
  expect([before!.length, after!.length]).toEqual([420, 420]);
  expect(after!.slice(0, 300)).toEqual(before!.slice(0, 300));
  expect(after!.slice(300)).not.toEqual(before!.slice(300));
  // Whatever it comes to, it is about both.
  const verdict = page.getByRole('status', { name: 'Verdict' });
  await expect(verdict).toContainText('ResNet-8, from step 300');
  await expect(verdict).not.toContainText('Not compared');
  // Nothing is trained twice.
  await page.reload();
  await expect(page).toHaveTitle(/^Done/, LONG);
  await expect(page.locator('.lane[data-step="420"]')).toHaveCount(2);
});
