/** Reading, zooming, keeping and choosing on the charts of the real page, with real training behind them. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from 'playwright/test';
import { show } from './framePage.ts';
import { lossesTold, spyOn } from './spy.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const chart = (page: Page, title: string) =>
  page.getByRole('group', { name: `${title}: chart`, exact: false });
const ticks = (page: Page, quantity: string) =>
  page.locator(`[data-chart="${quantity}"] [data-ticks="x"] text`).allTextContents();
const kept = (page: Page) => page.getByRole('group', { name: /^Kept reading of/ });

/** A share of the chart's width and height, as a point of the window. */
async function pointOn(surface: Locator, across: number, down: number): Promise<readonly [number, number]> {
  const box = await surface.boundingBox();
  if (!box) throw new Error('the chart is not on the page');
  return [box.x + across * box.width, box.y + down * box.height];
}

/** Trains the default experiment for some steps, and stops. */
async function train(page: Page, steps: number): Promise<void> {
  await spyOn(page);
  await page.goto('./#/lab');
  await button(page, 'Train').click();
  const done = async () => Math.min(...(await lossesTold(page)).map((losses) => losses.length));
  await expect.poll(done, { timeout: 150_000 }).toBeGreaterThan(steps);
  await button(page, 'Stop').click();
  await expect(button(page, 'Train')).toBeVisible({ timeout: 30_000 });
}

test('zoom, reading, keeping, choosing: by pointer and by keyboard', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await train(page, 12);
  const error = chart(page, 'Error, %');
  await expect(page.locator('.chart-surface')).toHaveCount(1);
  await button(page, 'All measures').click();
  await expect(page.locator('.chart-surface')).toHaveCount(5);
  await error.scrollIntoViewIfNeeded();
  await expect.poll(() => ticks(page, 'error')).toContain('300');
  const whole = await ticks(page, 'error');

  await test.step('a rectangle zooms every chart across, a double click shows all again', async () => {
    await page.mouse.move(...(await pointOn(error, 0.1, 0.5)));
    await page.mouse.down();
    await page.mouse.move(...(await pointOn(error, 0.3, 0.5)), { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => ticks(page, 'error')).not.toEqual(whole);
    expect(await ticks(page, 'error')).not.toContain('300');
    await expect(button(page, 'Whole curves')).toBeVisible();
    await chart(page, 'Loss').scrollIntoViewIfNeeded();
    await expect.poll(() => ticks(page, 'loss')).not.toContain('300');
    await error.scrollIntoViewIfNeeded();
    await page.mouse.dblclick(...(await pointOn(error, 0.3, 0.5)));
    await expect.poll(() => ticks(page, 'error')).toEqual(whole);
    await expect(button(page, 'Whole curves')).toBeHidden();
    await expect(kept(page)).toBeHidden();
  });

  await test.step('one crosshair stands on all charts', async () => {
    await page.mouse.move(...(await pointOn(error, 0.055, 0.5)));
    for (const quantity of ['error', 'loss']) {
      await expect(page.locator(`[data-chart="${quantity}"] .chart-overlay line[stroke="var(--edge)"]`)).toHaveCount(1); // prettier-ignore
    }
  });

  await test.step('keys zoom, read, keep; the kept reading is sorted and copied', async () => {
    await page.mouse.move(5, 5);
    await error.focus();
    await page.keyboard.press('+');
    await expect(button(page, 'Whole curves')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(button(page, 'Whole curves')).toBeHidden();
    await page.keyboard.press('ArrowUp');
    await expect(button(page, 'Whole curves')).toBeVisible();
    await page.keyboard.press('0');
    for (let i = 0; i < 60; i++) await page.keyboard.press('ArrowLeft');
    for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect(kept(page)).toContainText('Step 5');
    const lanes = () => kept(page).locator('tbody th').allInnerTexts();
    const sort = kept(page).getByRole('button', { name: 'each batch' });
    await sort.focus();
    await page.keyboard.press('Enter');
    await expect(sort.locator('..')).toHaveAttribute('aria-sort', 'descending');
    const descending = await lanes();
    await page.keyboard.press('Enter');
    await expect(sort.locator('..')).toHaveAttribute('aria-sort', 'ascending');
    expect((await lanes()).toSorted()).toEqual(descending.toSorted());

    await kept(page).getByRole('button', { name: 'Copy' }).click();
    await expect(kept(page).getByRole('status')).toContainText('copied');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    const rows = copied.split('\n').map((row) => row.split('\t'));
    expect(rows[0]).toEqual(['Error, %, Step 5', 'step', 'training', 'each batch', 'test']);
    const shown = await kept(page).locator('td[data-key="raw"]').evaluateAll((cells) => cells.map((cell) => cell.getAttribute('data-value'))); // prettier-ignore
    expect(rows.slice(1).map((row) => row[3])).toEqual(shown);
    await kept(page).getByRole('button', { name: 'Put this reading away' }).click();
    await expect(kept(page)).toBeHidden();
  });

  await test.step('a name that is pointed at brings its line forward, and its batches with it', async () => {
    const labelOf = (lane: string) => page.locator(`[data-chart="error"] [data-end-label="${lane}"]`);
    await expect(labelOf('plain-56')).not.toHaveAttribute('opacity', /./);
    const box = (await labelOf('plain-20').locator('.end-name').boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await expect(labelOf('plain-56')).toHaveAttribute('opacity', /^0/);
    await expect(labelOf('plain-20')).not.toHaveAttribute('opacity', /./);
    await page.mouse.move(5, 5);
    await expect(labelOf('plain-56')).not.toHaveAttribute('opacity', /./);
  });

  await test.step('the menu shows another measure large, and that is kept for the next visit', async () => {
    await show(page, 'Gap');
    await expect(page.locator('.chart-card').first().locator('h2')).toHaveText('Generalisation gap, points');
    await expect(page.locator('.chart-card h2')).toHaveCount(5);
    expect(await page.evaluate(() => Object.values(localStorage).join(' '))).toContain('"measure":"gap"');
    await show(page, 'Error');
  });

  await test.step('the whole curve is seen at once, in a small window too', async () => {
    for (const [width, height] of [
      [1280, 720],
      [1024, 768],
    ] as const) {
      await page.setViewportSize({ width, height });
      const main = page.locator('.chart-main');
      const tools = (await page.locator('.tools').boundingBox())!;
      const { y, height: own } = (await main.boundingBox())!;
      expect(y + own - tools.y).toBeLessThan(440);
      expect((await error.boundingBox())!.height).toBeGreaterThan(250);
    }
  });

  await test.step('every axis, and logarithms; they are kept for the next visit', async () => {
    const axis = page.getByRole('combobox', { name: 'Across' });
    for (const [name, pattern] of [
      ['Training time', /^\d+:\d\d/],
      ['Wall time', /^\d+:\d\d/],
      ['Epoch', /^0/],
    ] as const) {
      await axis.selectOption({ label: name });
      await expect.poll(async () => (await ticks(page, 'error'))[0]).toMatch(pattern);
    }
    await axis.selectOption({ label: 'Step' });
    await page.getByText('More', { exact: true }).click();
    await page.getByLabel('Logarithmic across').check();
    await page.getByLabel(/^Logarithmic values/).check();
    await expect.poll(() => ticks(page, 'error')).toEqual(expect.arrayContaining(['1', '10', '100']));
    await page.keyboard.press('Escape');
    await expect(page.getByLabel('Logarithmic across')).toBeHidden();
    const stored = await page.evaluate(() => Object.values(localStorage).join(' '));
    expect(stored).toContain('"logX":true');
  });

  await test.step('full screen and back', async () => {
    await button(page, 'Error, %: full screen').click();
    const card = page.locator('.chart-card').first();
    await expect(card).toHaveAttribute('data-full', 'true');
    await expect.poll(async () => (await error.boundingBox())?.height).toBeGreaterThan(500);
    await button(page, 'Error, %: leave full screen').click();
    await expect(card).toHaveAttribute('data-full', 'false');
  });

  const { violations } = await new AxeBuilder({ page }).include('#curves').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});

test('on a phone all of More is in the window', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto('./#/lab');
  await page.getByText('More', { exact: true }).click();
  const { x, width } = (await page.locator('.more-panel').boundingBox())!;
  expect(x).toBeGreaterThanOrEqual(0);
  expect(x + width).toBeLessThanOrEqual(320);
});

test('drawing can be paused while training goes on', async ({ page }) => {
  await spyOn(page);
  await page.goto('./#/lab');
  await button(page, 'Train').click();
  const steps = async () => Math.min(...(await lossesTold(page)).map((losses) => losses.length));
  await expect.poll(steps, { timeout: 150_000 }).toBeGreaterThan(2);
  await page.getByText('More', { exact: true }).click();
  await page.getByLabel('Pause drawing').check();
  await expect(page.getByText('Drawing is paused; training is not.')).toBeVisible();
  const summary = page.locator('[data-chart="error"] figcaption');
  const frozen = await summary.innerText();
  const begun = await steps();
  await expect.poll(steps, { timeout: 60_000 }).toBeGreaterThan(begun + 3);
  expect(await summary.innerText()).toBe(frozen);
  await button(page, 'Draw on').click();
  await expect.poll(() => summary.innerText()).not.toBe(frozen);
});
