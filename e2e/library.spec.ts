/** Runs are there after the page was loaded again, with what a person has made of them. Real CIFAR-10, real training. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from 'playwright/test';
import { button, ended, goTo } from './framePage.ts';

const row = (page: Page, name: string) =>
  page.locator('.runs tr[data-run]', {
    has: page.getByRole('button', { name: `Rename ${name}`, exact: true }),
  });
const names = (page: Page) => page.locator('.runs button.runs-name').allInnerTexts();
/** What is new is written after a moment. */
const KEPT = 2500;

async function again(page: Page): Promise<void> {
  await page.waitForTimeout(KEPT);
  await page.reload();
  await goTo(page, 'Runs');
}

test('a run is kept with its thumbnail, tags, note and name, shown or hidden, until it is deleted', async ({
  page,
}) => {
  await page.goto('./#e=1p8x2,p14x2;n40;b16;x');
  await button(page, 'Train').click();
  await expect(button(page, 'Stop')).toBeVisible();
  await ended(page);
  await goTo(page, 'Runs');
  await expect.poll(() => names(page)).toEqual(['plain-8', 'plain-14']);
  const thumbnail = (name: string) => row(page, name).locator('.runs-spark path').getAttribute('d');
  const drawn = await thumbnail('plain-8');
  expect(drawn).toMatch(/^M0\.0 .*L72\.0 /);

  await test.step('after a reload it is there, drawn, and gone back to', async () => {
    await again(page);
    await expect.poll(() => names(page)).toEqual(['plain-8', 'plain-14']);
    expect(await thumbnail('plain-8')).toBe(drawn);
    await page.getByRole('checkbox', { name: 'All columns' }).check();
    await expect(row(page, 'plain-8').locator('td[data-column="Moments"]')).toHaveText(/^\d+, \d+\.\d MB$/);
    await expect(page.getByText(/^Kept in this browser: 2 runs, /)).toBeVisible();
  });

  await test.step('tags, note, name and hiding stay', async () => {
    await choose(page, 'plain-8', 'Tags and note');
    await page.getByLabel('Tags', { exact: true }).fill('baseline, to show');
    await page.keyboard.press('Enter');
    await page.getByLabel('Note', { exact: true }).fill('Shallow, for the talk');
    await button(page, 'Rename plain-8').click();
    await page.getByRole('textbox', { name: 'Rename plain-8' }).fill('the shallow one');
    await page.keyboard.press('Enter');
    await button(page, 'Show plain-14 on the charts').click();
    await expect(button(page, 'Show plain-14 on the charts')).toHaveAttribute('aria-pressed', 'false');
    const { violations } = await new AxeBuilder({ page }).include('.runs').analyze();
    expect(violations).toEqual([]);
    await again(page);
    await expect.poll(() => names(page)).toEqual(expect.arrayContaining(['the shallow one', 'plain-14']));
    await expect(row(page, 'the shallow one').locator('.runs-tag')).toHaveText(['baseline', 'to show']);
    await expect(row(page, 'the shallow one').locator('q')).toHaveText('Shallow, for the talk');
    await expect(button(page, 'Show plain-14 on the charts')).toHaveAttribute('aria-pressed', 'false');
    await expect(button(page, 'Show the shallow one on the charts')).toHaveAttribute('aria-pressed', 'true');
  });

  await test.step('"/" leads to the search, which finds tags and notes', async () => {
    await page.locator('.runs-scroll').focus();
    await page.keyboard.press('/');
    await expect(page.getByLabel('Filter runs')).toBeFocused();
    await page.keyboard.type('talk');
    await expect.poll(() => names(page)).toEqual(['the shallow one']);
    await page.getByLabel('Filter runs').fill('');
    await row(page, 'the shallow one').getByRole('button', { name: 'to show' }).click();
    await expect.poll(() => names(page)).toEqual(['the shallow one']);
    await page.getByLabel('Tag', { exact: true }).selectOption('any tag');
  });

  await test.step('what was hidden is drawn once it is shown', async () => {
    await button(page, 'Show plain-14 on the charts').click();
    await expect(button(page, 'Show plain-14 on the charts')).toHaveAttribute('aria-pressed', 'true');
  });

  await test.step('deleted, brought back, and deleted again', async () => {
    await choose(page, 'the shallow one', 'Delete');
    await expect.poll(() => names(page)).toEqual(['plain-14']);
    await page.waitForTimeout(KEPT);
    await page.locator('.runs-deleted').getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => names(page)).toHaveLength(2);
    await choose(page, 'the shallow one', 'Delete');
    await expect.poll(() => names(page)).toEqual(['plain-14']);
  });

  await test.step('free space says what it would remove, and removes that; both are gone for good', async () => {
    const moments = row(page, 'plain-14').locator('td[data-column="Moments"]');
    await expect(moments).toHaveText(/^([3-9]|\d\d), /);
    await button(page, 'Free space \u2026').click();
    const dialog = page.getByRole('dialog', { name: 'Free space' });
    await dialog.getByLabel(/^Moments between the first and the last/).check();
    await dialog.getByRole('button', { name: /^Remove \d/ }).click();
    await expect(page.getByText(/^\d+ moments are removed\./)).toBeVisible();
    await expect(moments).toHaveText(/^2, /);
    await again(page);
    await expect.poll(() => names(page)).toEqual(['plain-14']);
    await expect(moments).toHaveText(/^2, /);
  });
});

/** Chooses an entry of a run's menu. */
async function choose(page: Page, run: string, entry: string): Promise<void> {
  await button(page, `Actions of ${run}`).click();
  await page.getByRole('menuitem', { name: entry }).click();
}
