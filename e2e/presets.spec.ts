/** Presets, their links, and the cost of an experiment: what a teacher does before the lesson. */
import { expect, test, type Page } from 'playwright/test';
import { openSettings } from './framePage.ts';
import { expectAccessible } from './walkChecks.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Questions to put to the test' });

/** Lanes and settings as the page shows them. */
const shown = async (page: Page) => ({
  question: await page.locator('#lab-heading').innerText(),
  lanes: await page.locator('.lane b, .lane .lane-state').allInnerTexts(),
  settings: await page.locator('.group > summary').allInnerTexts(),
});

/** The page at an address, with its device found. */
async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page).toHaveURL(/#e=1/);
  await openSettings(page);
}

async function choose(page: Page, preset: string): Promise<void> {
  await button(page, 'Other questions').click();
  await page.locator(`[data-preset="${preset}"] > button`).click();
  await expect(dialog(page)).toBeHidden();
}

test('presets are chosen and undone; the links of two show the same lanes and settings on a fresh page', async ({
  page,
  context,
}) => {
  await open(page, './#/lab');
  const first = await shown(page);
  const fresh = await context.newPage();
  await page.bringToFront();
  await button(page, 'Other questions').click();
  await expect(page.locator('[data-preset]')).toHaveCount(10);
  // Every preset's link means its experiment: src/model/link.test.ts. What the page makes of one is the same code for all.
  const presets = ['flip', 'warm-up', 'switch-on', 'paper'];
  await page.keyboard.press('Escape');

  const links = new Set<string>();
  for (const preset of presets) {
    await choose(page, preset);
    const link = page.url();
    expect(link.length).toBeLessThan(200);
    links.add(link);
    if (preset !== 'warm-up' && preset !== 'switch-on') continue;
    // A page behind another one gets a frame a second.
    await fresh.bringToFront();
    await fresh.goto('about:blank');
    await open(fresh, link);
    expect(await shown(fresh), preset).toEqual(await shown(page));
    expect(fresh.url()).toBe(link);
    await page.bringToFront();
  }
  expect(links.size).toBe(presets.length);

  // Nothing that was there is lost: as many undos as there were choices lead back to the beginning.
  for (let i = 0; i < presets.length; i++) await button(page, 'Undo').click();
  expect(await shown(page)).toEqual(first);
  await expect(button(page, 'Undo')).toBeHidden();
});

test('Back and Forward go through the experiments, and an edit changes the link in place', async ({
  page,
}) => {
  await open(page, './#/lab');
  const first = await shown(page);
  await choose(page, 'shortcuts');
  await choose(page, 'flip');
  await expect(
    page.getByText(/plain-56 and ResNet-56 begin with the same weights \([0-9a-f]{8}\)/),
  ).toBeVisible();
  await page.goBack();
  await expect(page.locator('.lane')).toHaveCount(4);
  await page.goBack();
  expect(await shown(page)).toEqual(first);
  await page.goForward();
  await page.locator('[data-group="seed"] > summary').click();
  await page.getByLabel('Seed', { exact: true }).fill('12');
  await expect(page).toHaveURL(/;s12/);
  await page.reload();
  await button(page, 'Settings').click();
  await expect(page.locator('[data-group="seed"] > summary')).toContainText('12');
});

test('the link is copied, and the button says so', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, './#/lab');
  await button(page, 'Copy link').click();
  await expect(page.getByRole('status').filter({ hasText: 'Link copied' })).toBeAttached();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
});

test('a wrong link explains itself, and the default stands in for it', async ({ page }) => {
  for (const [hash, words] of [
    ['#e=1p21x8;n300', /depth 21 does not exist.*nearest: 20 or 26/],
    ['#e=9zz', /later version of this page \(version 9\)/],
    ['#e=1p20;n3oo', /damaged at .n3oo/],
  ] as const) {
    await page.goto('about:blank');
    await page.goto(`./${hash}`);
    const note = page.getByRole('alert').filter({ hasText: 'This link could not be followed' });
    await expect(note).toContainText(words);
    await expect(note).toContainText('The default experiment stands here instead.');
    await expect(page.locator('.lane > b')).toHaveText(['plain-20', 'plain-56']);
    await page.getByRole('button', { name: 'Close this message' }).click();
    await expect(note).toBeHidden();
  }
});

test('the device is measured, a preset is made for a time, and a long run is warned of', async ({ page }) => {
  await open(page, './#/lab');
  const costs = page.locator('.costs');
  await expect(costs).toContainText(/about \d/, { timeout: 60_000 });
  await expect(costs).toContainText(/A step\s*[\d.]+ (ms|s)/);
  await expect(costs).toContainText(/Memory\s*190 MB/);

  await button(page, 'Other questions').click();
  const here = page.locator('[data-preset="twins"] dt', { hasText: 'Here' }).locator('+ dd');
  const sizes: string[] = [];
  for (const time of ['1 minute', '1 hour']) {
    await page.getByRole('radio', { name: time }).check();
    sizes.push(await here.innerText());
  }
  expect(new Set(sizes).size).toBe(2);
  await page.keyboard.press('Escape');
  await choose(page, 'paper');
  await expect(page.locator('.warning')).toContainText(/This takes .* on this device/);
  await expect(page.locator('.settings-line')).toContainText('The paper\u2019s own setting');
});

test('an experiment is chosen by keyboard alone', async ({ page }) => {
  await open(page, './#/lab');
  await button(page, 'Other questions').focus();
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeVisible();
  const use = page.getByRole('button', { name: /^Use: Do skip connections let the same depth/ });
  for (let i = 0; i < 20 && !(await use.evaluate((it) => it === document.activeElement)); i++) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeHidden();
  await expect(page.locator('.lane')).toHaveCount(4);
  await expect(button(page, 'Other questions')).toBeFocused();
});

test('axe finds nothing at 360 px, chooser and details open, light and dark', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await open(page, './#e=1p56x8,r56x8;n90000;b64;a');
  await expect(page.locator('.warning')).toBeVisible({ timeout: 60_000 });
  await expect(page.locator('.cost-table code').first()).toHaveText(/[0-9a-f]{8}/);
  await expectAccessible(page, 'details');
  await button(page, 'Other questions').click();
  await expect(dialog(page)).toBeVisible();
  await expectAccessible(page, 'chooser');
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});
