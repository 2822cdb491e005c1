/** What a first reader stumbled over: recorded runs in one press, the answer kept in view, the settings in view and closed by Escape. */
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from 'playwright/test';
import { button, goTo } from './framePage.ts';

const watch = 'Watch the recorded run (4,000 steps)';
const index = JSON.parse(readFileSync('public/recordings/index.json', 'utf8')) as {
  readonly recordings: readonly unknown[];
};
const faults = async (page: Parameters<typeof goTo>[0]) =>
  (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);

test('from the start one press shows the recorded curves in the lab, with what they show', async ({
  page,
}) => {
  await page.goto('./?backend=wasm');
  await button(page, watch).click();
  await expect(page.locator('main')).toHaveAttribute('data-place', 'lab');
  const recorded = page.locator('.verdict-recorded');
  await expect(recorded.getByRole('heading')).toHaveText('In the recorded runs, after 4,000 steps');
  await expect(recorded).toContainText(/Plain-56 makes 3\d\.\d points more errors/);
  await expect(page.locator('.legend-lane', { hasText: 'recorded' })).toHaveCount(4);
  const chart = (await page.locator('.chart').first().boundingBox())!;
  expect(chart.y).toBeGreaterThanOrEqual(0);
  expect(chart.y).toBeLessThan(page.viewportSize()!.height / 2);
  expect(await faults(page)).toEqual([]);
  await goTo(page, 'Runs');
  // Two seeds of four nets are shown, of all that there are.
  await expect(page.getByRole('radio', { name: `Recorded 8 of ${index.recordings.length}` })).toBeVisible();
  await goTo(page, 'Lab');
  await button(page, 'Take the recorded runs away').click();
  await expect(page.locator('.legend-lane', { hasText: 'recorded' })).toHaveCount(0);
  await expect(recorded).toHaveCount(0);
});

test('the answer stays in view while it trains, and the question of the lab does not tell which', async ({
  page,
}) => {
  await page.goto('./?backend=wasm');
  await page.getByRole('button', { name: 'Fifty-six layers' }).click();
  await expect(page.locator('#lab-heading')).toHaveText('Twenty layers or fifty-six: which learns better?');
  await expect(page.locator('.your-answer')).toHaveText('You said fifty-six.');
  await button(page, 'Stop').click();
});

test('the settings are in view wherever they are opened from, and Escape closes them', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.goto('./?backend=wasm#/lab');
  const open = button(page, 'Settings');
  await open.scrollIntoViewIfNeeded();
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await open.click();
  const top = async () => (await page.locator('#settings').boundingBox())?.y;
  await expect.poll(top).toBeGreaterThanOrEqual(0);
  await page.locator('#settings summary').first().focus();
  await page.keyboard.press('Escape');
  await expect(page.locator('#settings')).toHaveCount(0);
  await expect(open).toBeFocused();
});
