/** axe finds nothing on any screen, light and dark; and who walks by keyboard sees where they are. */
import { expect, test, type Page } from 'playwright/test';
import { goTo, inMenu, openSettings, setTable } from './framePage.ts';
import { expectAccessible } from './walkChecks.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Small nets, a few steps. */
const LINK = './#e=1p8x4,r8x4;n400;b16;a;t60_100;x';

/** Leads from the page that trains, or has trained, to a screen. */
type Way = (page: Page) => Promise<void>;

const opened =
  (name: string): Way =>
  async (page) => {
    await button(page, name).click();
    await expect(page.getByRole('dialog')).toBeVisible();
  };
const closed: Way = async (page) => {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
};

const screens: readonly { readonly name: string; readonly to: Way; readonly back?: Way }[] = [
  { name: 'home', to: async (page) => expect(button(page, 'Train')).toBeEnabled() },
  { name: 'other questions', to: opened('Other questions'), back: closed },
  {
    name: 'recorded runs',
    async to(page) {
      await goTo(page, 'Runs');
      await page.getByRole('radio', { name: /^Recorded/ }).check();
      await expect(button(page, 'Show all')).toBeVisible();
    },
    back: (page) => goTo(page, 'Lab'),
  },
  { name: 'keyboard shortcuts', to: opened('Words and keyboard shortcuts'), back: closed },
  {
    name: 'details and settings',
    to: async (page) => {
      await openSettings(page);
      for (const group of ['Data', 'Optimiser', 'Learning rate', 'Batch', 'Seed', 'Budget', 'Evaluation'])
        await page.locator('.settings summary', { hasText: group }).click();
      await inMenu(page, 'plain-8', 'Change');
      await expect(page.getByLabel('Depth')).toBeVisible();
    },
    async back(page) {
      await page
        .getByRole('region', { name: 'Change plain-8' })
        .getByRole('button', { name: 'Close' })
        .click();
      await button(page, 'Settings').click();
    },
  },
  {
    name: 'a menu',
    async to(page) {
      await button(page, 'Menu of plain-8').click();
      await expect(page.getByRole('menu')).toBeVisible();
    },
    back: (page) => page.keyboard.press('Escape'),
  },
  { name: 'the choice of a net', to: opened('+ net'), back: closed },
  {
    name: 'training',
    to: async (page) => {
      await button(page, 'Train').click();
      await expect(page.locator('.lane').first()).toContainText(/step [1-9]/, { timeout: 120_000 });
    },
  },
  {
    name: 'ended, with tables, a reading and "More"',
    to: async (page) => {
      await button(page, 'Stop').click();
      await expect(button(page, 'Train')).toBeVisible({ timeout: 30_000 });
      await setTable(page, true);
      const chart = page.getByRole('group', { name: /^Error, %: chart/ });
      await chart.focus();
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('Enter');
      await page.getByText('More', { exact: true }).click();
      await page.getByLabel(/^The paper/).check();
    },
    back: async (page) => {
      await page.keyboard.press('Escape');
      await setTable(page, false);
    },
  },
  { name: 'export and import', to: opened('Export, import'), back: closed },
  {
    name: 'full screen',
    to: (page) => button(page, 'Error, %: full screen').click(),
    back: (page) => button(page, 'Error, %: leave full screen').click(),
  },
  { name: '360 px', to: (page) => page.setViewportSize({ width: 360, height: 800 }) },
];

test('axe finds nothing on any screen, light and dark', async ({ page }) => {
  test.setTimeout(300_000);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(LINK);
  for (const { name, to, back } of screens) {
    await test.step(name, async () => {
      await to(page);
      await expectAccessible(page, name);
      await back?.(page);
    });
  }
});

test('axe finds nothing where the data cannot be had, light and dark', async ({ page }) => {
  await page.route('**/datasets/**', (route) => route.fulfill({ status: 404 }));
  await page.goto(LINK);
  await button(page, 'Train').click();
  await expect(page.getByRole('alert').first()).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page, 'without data');
});

test('Tab reaches every control of the page, and each shows that it has the focus', async ({ page }) => {
  await page.goto(LINK);
  await expect(button(page, 'Train')).toBeEnabled();
  await expect(page.locator('.chart-surface')).toHaveCount(1);
  const names: string[] = [];
  const unseen: string[] = [];
  for (let i = 0; i < 120; i++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element === document.body) return null;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      const { width, height, bottom, right } = element.getBoundingClientRect();
      const isMarked = (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1) || boxShadow !== 'none';
      const isThere = width > 0 && height > 0 && bottom > 0 && right > 0;
      const labelled = 'labels' in element && element.labels instanceof NodeList ? element.labels[0] : null;
      const name = element.getAttribute('aria-label') ?? labelled?.textContent ?? element.textContent;
      return { name: `${element.tagName} ${name.trim()}`, isSeen: isMarked && isThere };
    });
    if (!stop) break;
    names.push(stop.name);
    if (!stop.isSeen) unseen.push(stop.name);
  }
  expect(unseen).toEqual([]);
  // No trap on the way, and nothing left out.
  expect(names.length).toBeLessThan(120);
  const told = names.join('\n');
  for (const control of [
    'Train',
    'Other questions',
    'Menu of plain-8',
    'Smoothing',
    'More',
    'Error, %: chart',
    'Settings',
  ])
    expect(told).toContain(control);
});
