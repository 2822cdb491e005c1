/** What is pressed or said after something has happened comes as a part of its own: where it does not, the press is not lost. */
import { expect, test, type Page } from 'playwright/test';
import { button, ended, LONG, opened, trained } from './framePage.ts';

/** Without this the page has all its parts before a test could withhold one. */
const withoutFetchingAhead = (page: Page) =>
  page.addInitScript(() =>
    Object.defineProperty(navigator, 'connection', { value: { saveData: true }, configurable: true }),
  );

test('what was pressed and does not come is said, and done when it is tried again', async ({ page }) => {
  await withoutFetchingAhead(page);
  const files = /\/assets\/(laterActions|SessionNotes)-/;
  await page.route(files, (route) => route.fulfill({ status: 404, body: 'gone' }));
  await opened(page, LONG);
  await trained(page);
  await button(page, 'Stop').click();
  await ended(page);
  const lanes = await page.locator('.lane').count();
  await page
    .locator('.verdict-band')
    .getByRole('button', { name: /same nets with shortcuts/ })
    .click();
  const late = page.getByRole('alert').filter({ hasText: 'What was pressed could not be loaded.' });
  await expect(late).toContainText('Your runs are here');
  await expect(page.locator('.lane')).toHaveCount(lanes);
  await page.unroute(files);
  await late.getByRole('button', { name: 'Try again' }).click();
  await expect(page.locator('.lane')).toHaveCount(2 * lanes);
  await expect(button(page, 'Pause')).toBeVisible();
  await expect(late).toHaveCount(0);
});
