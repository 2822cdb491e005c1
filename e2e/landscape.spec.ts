/** The loss landscape as a person looks at it: a plane, its surface, a line and a path of a run's moments, and cancelling. */
import { expect, test, type Page } from 'playwright/test';
import { button, ended } from './framePage.ts';

const LONG = { timeout: 120_000 };
/** Tested, and so kept, at moments on the way. */
const LINK = './?backend=wasm#e=1p8x2,r8x2;n60;b16;t20_100;x';

const summary = (page: Page) => page.locator('.view-summary');
const shapes = (page: Page, kind: string) => page.locator(`.view-picture ${kind}`);

async function open(page: Page): Promise<void> {
  await page.goto(LINK);
  await button(page, 'Train').click();
  await ended(page);
  await page.getByRole('tab', { name: 'Inside' }).click();
  await page
    .locator('.inside-views')
    .getByRole('button', { name: /^Loss landscape/ })
    .click();
  await page.getByLabel('Images').selectOption('64');
  await page.getByLabel('Grid').selectOption('5');
  await expect(summary(page)).toContainText('5 × 5 points', LONG);
}

test('a plane, its surface, a path and a line', async ({ page }) => {
  await open(page);
  await expect(summary(page)).toContainText(/plain-8: loss .* ResNet-8: loss .* seed 1\./);
  await expect(summary(page)).not.toContainText('So far');
  // By keyboard, and without computing anew.
  const before = await summary(page).textContent();
  await page.getByLabel('contours').focus();
  await page.keyboard.press('ArrowRight');
  await expect(shapes(page, 'polygon')).toHaveCount(2 * (1 + 16));
  const first = await shapes(page, 'polygon').nth(1).getAttribute('points');
  await page.getByLabel('Turn').focus();
  await page.keyboard.press('ArrowRight');
  await expect(shapes(page, 'polygon').nth(1)).not.toHaveAttribute('points', first ?? '');
  expect(await summary(page).textContent()).toBe(before);

  await page.getByLabel('path of training').check();
  await page.getByLabel('contours').check();
  await expect(shapes(page, 'polyline')).toHaveCount(2, LONG);
  await expect(page.locator('.view-picture')).toContainText('first principal direction');

  await page.getByLabel('line', { exact: true }).check();
  await expect(page.locator('.view-tools')).toContainText('two nets of one shape');
  await page.getByLabel('From').selectOption({ index: 1 });
  await expect(summary(page)).toContainText(
    /From plain-8 at step \d+ .* to plain-8 .*From ResNet-8 at step/,
    LONG,
  );
});

test('a large one says what it costs, is cancelled, and leaves what was there', async ({ page }) => {
  await open(page);
  await page.getByLabel('Grid').selectOption('51');
  await page.getByLabel('Images').selectOption('1024');
  await expect(page.locator('.view-tools')).toContainText('2,601 points × 1,024 images × 2 nets');
  await button(page, 'Look').click();
  await expect(summary(page)).toContainText('So far', LONG);
  await button(page, 'Cancel').click();
  await expect(button(page, 'Look')).toBeVisible();
  await page.getByLabel('Grid').selectOption('5');
  await page.getByLabel('Images').selectOption('64');
  await expect(summary(page)).toContainText('5 × 5 points');
});
