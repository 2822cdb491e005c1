/** A view that is kept with its runs: seen in the library, after a reload and on another machine, opened again, taken away and back. */
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from 'playwright/test';
import { button, ended, goTo, opened, SHORT } from './framePage.ts';

const PATIENT = { timeout: 120_000 };
const kept = (page: Page) => page.getByRole('article');
const TITLE = /^Signal by depth, after step 30$/;

async function details(page: Page, net: string): Promise<void> {
  await goTo(page, 'Runs');
  await page
    .getByRole('button', { name: `Details of ${net}` })
    .first()
    .click();
}

/** What is seen of the first picture: the page's policy lets no script fetch it, but an image of this page gives its pixels. */
async function pictureOf(page: Page): Promise<{ width: number; height: number; pixels: string }> {
  const image = kept(page).first().locator('img');
  await expect(image).toBeVisible();
  return image.evaluate(async (element: HTMLImageElement) => {
    await element.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [element.naturalWidth, element.naturalHeight];
    canvas.getContext('2d')!.drawImage(element, 0, 0);
    return { width: canvas.width, height: canvas.height, pixels: canvas.toDataURL() };
  });
}

test('a view is kept with its runs, shown with its picture, opened again, removed and brought back', async ({
  page,
  browser,
}) => {
  test.setTimeout(240_000);
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await opened(page, SHORT);
  await button(page, 'Train').click();
  await ended(page);
  // The last moment is written after a while, and says what the last update was.
  await page.waitForTimeout(2500);
  await page.getByRole('tab', { name: 'Inside' }).click();
  await page
    .locator('.inside-views')
    .getByRole('button', { name: /^Signal by depth/ })
    .click();
  const view = page.locator('.inside-view');
  await expect(view.locator('.view-summary')).toBeVisible(PATIENT);
  await view.getByRole('radio', { name: 'by size' }).check();
  await expect(view.locator('.view-tools progress')).toHaveCount(0, PATIENT);
  const summary = (await view.locator('.view-summary').textContent()) ?? '';
  await button(page, 'Keep with the runs').click();
  await expect(view.locator('.view-save')).toContainText(
    'Kept with plain-8 and plain-14: in Runs, below each.',
  );

  await details(page, 'plain-14');
  await expect(kept(page)).toHaveCount(1);
  await expect(kept(page).getByRole('heading')).toHaveText(TITLE);
  await expect(kept(page)).toContainText(summary);
  const picture = await pictureOf(page);
  expect(picture.width).toBeGreaterThan(300);
  expect(picture.pixels.length).toBeGreaterThan(5000);
  await expect(page.locator('.runs-storage')).toContainText(/\d (kB|MB) of pictures of views/);
  const { violations } = await new AxeBuilder({ page }).include('.kept-views').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);

  // Large, by keyboard, and closed again.
  await kept(page)
    .getByRole('button', { name: /^Enlarge/ })
    .press('Enter');
  const dialog = page.getByRole('dialog', { name: TITLE });
  await expect(dialog.getByRole('img')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(kept(page).getByRole('button', { name: /^Enlarge/ })).toBeFocused();

  await page.reload();
  await details(page, 'plain-14');
  expect(await pictureOf(page)).toEqual(picture);

  await test.step('removed and brought back', async () => {
    await kept(page)
      .getByRole('button', { name: /^Remove/ })
      .press('Enter');
    await expect(kept(page)).toHaveCount(0);
    await expect(page.locator('.runs-deleted')).toContainText('One kept view is removed.');
    await expect(button(page, 'Undo')).toBeFocused();
    await page.keyboard.press('Enter');
    expect(await pictureOf(page)).toEqual(picture);
  });

  const file = await test.step('saved', async () => {
    await button(page, 'Export, import').click();
    const everything = button(page, 'Everything as one file');
    const [download] = await Promise.all([page.waitForEvent('download'), everything.click()]);
    await button(page, 'Close').click();
    return readFileSync(await download.path());
  });

  await test.step('on another machine', async () => {
    const context = await browser.newContext();
    const other = await context.newPage();
    await other.goto('./?backend=wasm');
    await goTo(other, 'Runs');
    await button(other, 'Export, import').click();
    await other
      .getByLabel('Runs from a JSON file')
      .setInputFiles({ name: 'all.tar', mimeType: 'application/x-tar', buffer: file });
    await expect(other.getByText(/^all\.tar: 2 runs and \d+ moments came in/)).toBeVisible();
    await button(other, 'Close').click();
    await details(other, 'plain-14');
    expect(await pictureOf(other)).toEqual(picture);
    await context.close();
  });

  // As it was: the view, its order, its nets.
  await kept(page)
    .getByRole('button', { name: /^Open the view/ })
    .press('Enter');
  await expect(page.getByRole('heading', { name: /every layer/ })).toBeVisible();
  await expect(view.locator('.view-summary')).toHaveText(summary, PATIENT);
  await expect(view.getByRole('radio', { name: 'by size' })).toBeChecked();
  await expect(page.locator('.inside-nets summary')).toContainText(/plain-8.*plain-14/);
  expect(errors).toEqual([]);
});
