/** A net that is too large for the device: one press makes it fit, and what is trained then is the same. */
import { expect, test, type Page } from 'playwright/test';
import { lossesTold, spyOn } from './spy.ts';

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

test('a net that does not fit is made to fit by one press, and its link says so', async ({ page }) => {
  await page.goto('./?backend=wasm#e=1r1202;n2;x');
  const offer = button(page, /^Recompute: fits in 1\.\d GB, takes about \d\d% longer$/);
  await expect(offer).toBeVisible({ timeout: 30_000 });
  await expect(button(page, 'Train')).toBeDisabled();
  await offer.click();
  await expect(button(page, 'Train')).toBeEnabled();
  await expect(offer).toBeHidden();
  await expect(page).toHaveURL(/#e=1r1202;n2;x;y$/);
});

test('recomputed or not, a run gives the same losses, and counts as trained', async ({ page }) => {
  await spyOn(page);
  await page.goto('./?backend=wasm#e=1r8x2;n6;b4;x;y');
  await button(page, 'Train').click();
  await expect(button(page, 'Train again')).toBeVisible({ timeout: 120_000 });
  const [recomputed] = await lossesTold(page);
  expect(recomputed).toHaveLength(6);
  // The same settings without it: nothing new to train.
  await page.goto('./?backend=wasm#e=1r8x2;n6;b4;x');
  await expect(page).toHaveURL(/;x$/);
  await expect(button(page, /^Train( again)?$/)).toBeVisible();
});
