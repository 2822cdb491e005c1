/** A net that is too large for the device: one press makes it fit, and what is trained then is the same. */
import { expect, test, type Page } from 'playwright/test';
import { lossesTold, spyOn } from './spy.ts';

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

test('a net that does not fit is made to fit by one press, and its link says so', async ({ page }) => {
  await page.goto('./?backend=wasm#e=1r1202;n2;x');
  const offer = button(page, /^Recompute: fits in 98\d MB, takes about \d\d% longer$/);
  await expect(offer).toBeVisible({ timeout: 30_000 });
  await expect(button(page, 'Train')).toBeDisabled();
  await offer.click();
  await expect(button(page, 'Train')).toBeEnabled();
  await expect(offer).toBeHidden();
  await expect(page).toHaveURL(/#e=1r1202;n2;x;y$/);
});

test('recomputed or not, a run gives the same losses, and is not trained twice', async ({
  page,
  browser,
}) => {
  const losses: number[][] = [];
  for (const [link, other] of [
    ['#e=1r8x2;n6;b4;x;y', '#e=1r8x2;n6;b4;x'],
    ['#e=1r8x2;n6;b4;x', '#e=1r8x2;n6;b4;x;y'],
  ] as const) {
    // Another person's browser: in this one the run is kept, and Train would be “Train again” as soon as that is read.
    const own = losses.length === 0 ? page : await browser.newPage();
    await spyOn(own);
    await own.goto(`./?backend=wasm${link}`);
    await own.getByRole('button', { name: 'Train', exact: true }).click();
    const again = own.getByRole('button', { name: 'Train again', exact: true });
    await expect(again).toBeVisible({ timeout: 120_000 });
    losses.push(...(await lossesTold(own)));
    // The same under the other setting: nothing is new in it.
    await own.evaluate((hash) => (location.hash = hash), other);
    await expect(own).toHaveURL((url) => url.hash === other);
    await expect(again).toBeVisible();
  }
  expect(losses[0]).toHaveLength(6);
  expect(losses[1]).toEqual(losses[0]);
});
