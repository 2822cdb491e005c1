/** Terms say what they mean, where they stand. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from 'playwright/test';
import { button, focused, opened, openSettings, trained } from './framePage.ts';
import { expectAccessible } from './walkChecks.ts';

const card = (page: Page) => page.locator('.term-card:popover-open');
const term = (page: Page, name: string) =>
  page.locator('.term', { hasText: new RegExp(`^${name}$`) }).first();
const faults = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
const isInWindow = (page: Page) =>
  card(page).evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
  });
const group = (page: Page, name: string) => page.locator('.settings summary', { hasText: name });

test('by keyboard: opened, read, closed, and the focus stays', async ({ page }) => {
  await opened(page);
  const smoothing = term(page, 'Smoothing');
  await smoothing.focus();
  for (const key of ['Enter', 'Space']) {
    await page.keyboard.press(key);
    await expect(card(page)).toContainText(/\w/);
    expect(await focused(page)).toBe('SPAN Smoothing');
    await page.keyboard.press('Escape');
    await expect(card(page)).toHaveCount(0);
    expect(await focused(page)).toBe('SPAN Smoothing');
  }
  // A term leads to those that are near.
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await expect(card(page).getByRole('button', { name: 'Noise' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(card(page).locator('b')).toHaveText('Noise');
  await page.keyboard.press('Escape');
  await expect(card(page)).toHaveCount(0);
  await smoothing.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(card(page)).toHaveCount(0);
  expect(await focused(page)).not.toMatch(/^$|SPAN Smoothing/);
});

test('by mouse: one at a time, closed by a second press, by a press elsewhere, and when its term is scrolled away', async ({
  page,
}) => {
  await opened(page);
  await openSettings(page);
  await term(page, 'Parameters').click();
  await expect(card(page)).toContainText('weights of the filters');
  expect(await isInWindow(page)).toBe(true);
  await term(page, 'Multiply-adds an image').click();
  await expect(card(page)).toHaveCount(1);
  await expect(card(page)).toContainText('multiplies two numbers');
  await term(page, 'Multiply-adds an image').click();
  await expect(card(page)).toHaveCount(0);
  await term(page, 'Parameters').click();
  await page.locator('h1').click();
  await expect(card(page)).toHaveCount(0);
  await page.setViewportSize({ width: 1280, height: 300 });
  await term(page, 'Smoothing').click();
  await expect(card(page)).toHaveCount(1);
  await page.mouse.wheel(0, 3000);
  await expect(card(page)).toHaveCount(0);
});

test('settings that are locked while something trains can be asked for, and a label still names its field', async ({
  page,
}) => {
  await opened(page);
  await openSettings(page);
  await group(page, 'Batch').click();
  await trained(page);
  const field = page.getByLabel('Images in a batch');
  await expect(field).toBeDisabled();
  await term(page, 'Images in a batch').click();
  await expect(card(page)).toContainText('before its weights change once');
  await expect(page.getByLabel('Images in a batch')).toHaveValue('16');
  // Space explains, and does not pause.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Space');
  await expect(card(page)).toBeVisible();
  await expect(button(page, 'Pause')).toBeVisible();
});

test('in a dialog Escape closes the card before the dialog', async ({ page }) => {
  await opened(page);
  await button(page, '+ net').click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('.term').first().click();
  await expect(card(page)).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(card(page)).toHaveCount(0);
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

test('all words stand in a list', async ({ page }) => {
  await opened(page);
  await button(page, 'Words').click();
  const dialog = page.getByRole('dialog', { name: 'The words of this page' });
  await expect(dialog.locator('dt').last()).toBeVisible();
  expect(await dialog.locator('dt').allTextContents()).toEqual(
    expect.arrayContaining(['CIFAR-10', 'Generalisation gap', 'Residual twin', 'Warm-up']),
  );
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  expect(await focused(page)).toBe('BUTTON Words');
});

test('at 360 px by touch: nothing overflows, and axe finds nothing, light and dark', async ({ browser }) => {
  const context = await browser.newContext({
    viewport: { width: 360, height: 640 },
    hasTouch: true,
    isMobile: true,
  });
  const page = await context.newPage();
  await opened(page);
  await openSettings(page);
  await group(page, 'Learning rate').tap();
  for (const name of ['Error, %', 'Warm-up', 'Multiply-adds an image', 'Smoothing']) {
    if (name === 'Smoothing') await page.getByText('More', { exact: true }).tap();
    await term(page, name).tap();
    await expect(card(page).locator('b')).toBeVisible();
    await expect.poll(() => isInWindow(page), name).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBe(360);
  }
  await expectAccessible(page, 'a term is open');
  await page.locator('h1').tap();
  await expect(card(page)).toHaveCount(0);
  await context.close();
});
