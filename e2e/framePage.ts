/** What the tests of the page's frame share. */
import { expect, type Page } from 'playwright/test';

export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

/** Chooses an entry of a net's menu. */
export async function inMenu(page: Page, net: string, entry: string): Promise<void> {
  await button(page, `Menu of ${net}`).click();
  await page.getByRole('menuitem', { name: entry }).click();
}

/** Small nets that train for long. */
export const LONG = './?backend=wasm#e=1p8x2,p14x2;n40000;b16';
/** And for a moment. */
export const SHORT = './?backend=wasm#e=1p8x2,p14x2;n30;b16;x';

export const opened = async (page: Page, link = LONG) => {
  await page.goto(link);
  await expect(button(page, 'Train')).toBeEnabled();
  await expect(page.locator('.chart-surface')).toHaveCount(1, { timeout: 60_000 });
};
export const trained = async (page: Page) => {
  await button(page, 'Train').click();
  await expect(page.locator('.lane').first()).toHaveAttribute('data-step', /[1-9]/, { timeout: 120_000 });
};
/** What the main button says while nothing trains: what is done is not trained twice. */
export const TRAIN = /^Train( again| the new nets)?$/;
export const ended = (page: Page) =>
  expect(page.locator('.button-main', { hasText: TRAIN })).toBeVisible({ timeout: 120_000 });

/** Goes to a place, as a person does. */
export async function goTo(page: Page, place: 'Start' | 'Lab' | 'Runs'): Promise<void> {
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: place }).click();
}
/** Opens the drawer of settings, with everything there is in it. */
export async function openSettings(page: Page): Promise<void> {
  await button(page, 'Settings').click();
  await page.getByLabel('Show everything').check();
}

/** Shows the tables of values below the charts, or puts them away. */
export async function setTable(page: Page, isShown: boolean): Promise<void> {
  await page.getByText('More', { exact: true }).click();
  await page.getByLabel('Table', { exact: true }).setChecked(isShown);
  await page.keyboard.press('Escape');
}
/** Has the large chart show another measure: "Loss", "Gap", "Rate", "Speed". */
export const show = (page: Page, measure: string) =>
  page.getByRole('combobox', { name: 'Show', exact: true }).selectOption({ label: measure });

/** What has the focus, in words; empty where it is the document. */
export async function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { activeElement } = document;
    if (!activeElement || activeElement === document.body) return '';
    return `${activeElement.tagName} ${activeElement.getAttribute('aria-label') ?? activeElement.textContent.trim()}`;
  });
}
