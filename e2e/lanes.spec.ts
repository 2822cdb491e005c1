/** Lanes that come while others train, and lanes that have to wait. Real CIFAR-10, real training. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from 'playwright/test';
import { button, inMenu, trained } from './framePage.ts';
import { lossesTold, spyOn, statesTold } from './spy.ts';

test('a lane that joins later goes through the same images: a copy of a net repeats its losses', async ({
  page,
}) => {
  await spyOn(page);
  await page.goto('./#e=1p8x4,p14x4;n40000;b32');
  await button(page, 'Train').click();
  const taken = async (lane: number) => (await lossesTold(page))[lane]?.length ?? 0;
  await expect.poll(() => taken(0), { timeout: 60_000 }).toBeGreaterThan(10);

  await inMenu(page, 'plain-8', 'Duplicate');
  await page.getByRole('button', { name: /^Train plain-8.* too$/ }).click();
  await expect.poll(() => taken(2), { timeout: 60_000 }).toBeGreaterThan(10);
  await button(page, 'Stop').click();
  await expect(button(page, 'Train')).toBeVisible({ timeout: 30_000 });

  const [first, , joined] = await lossesTold(page);
  const both = Math.min(first!.length, joined!.length);
  expect(both).toBeGreaterThan(10);
  expect(joined!.slice(0, both)).toEqual(first!.slice(0, both));
  expect((await statesTold(page)).map((states) => states.at(-1))).toEqual(Array(3).fill('finished'));
});

test('more lanes than the device trains at once wait, and all of them end', async ({ page }) => {
  await spyOn(page);
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  const room = Math.max(4, cores);
  const lanes = Array.from({ length: room + 2 }, (_, i) => `p8x${i + 1}`).join(',');
  test.skip(room + 2 > 16, 'this machine trains all lanes that an experiment may have at once');
  await page.goto(`./?backend=wasm#e=1${lanes};n20;b32`);
  await expect(page.getByText(`trains ${room} of the ${room + 2} lanes at once`)).toBeVisible();
  await button(page, 'Train').click();
  await expect(page.locator('.lane-state').getByText('waiting for a place').first()).toBeVisible();
  await expect
    .poll(async () => (await lossesTold(page)).map((losses) => losses.length), { timeout: 120_000 })
    .toEqual(Array(room + 2).fill(20));
  await expect(page.locator('.lane-state').getByText('waiting for a place')).toHaveCount(0);
  // What has ended has given its memory back, and still has its weights.
  await button(page, 'Export, import').click();
  const download = page.waitForEvent('download');
  await button(page, 'Weights of plain-8, 1 filter').click();
  expect((await download).suggestedFilename()).toMatch(/\.safetensors$/);
});

const sixteen = `./?backend=wasm#e=1${Array.from({ length: 16 }, (_, i) => `p${8 + 6 * i}x2`).join(',')};n300;b16`;
/** What axe finds in the strip, and in what stands before it. */
const faults = async (page: Page) => (await new AxeBuilder({ page }).include('.lanes').analyze()).violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html.slice(0, 120)}`); // prettier-ignore
const boxesOf = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('.lanes, .lane, .lane b, .lanes-add button')].map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return [element.className, Math.round(x), Math.round(y), Math.round(width), Math.round(height)].join(
        ' ',
      );
    }),
  );

test.describe('by touch, at 360 px', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test('sixteen nets are one low row that is pushed aside; a menu is whole on the screen, and the page never scrolls sideways', async ({ page }) => {
    await page.goto(sixteen);
    const list = page.locator('.lanes-list');
    await expect(page.locator('.lane')).toHaveCount(16);
    expect((await list.boundingBox())!.height).toBeLessThanOrEqual(70);
    await expect(list).toHaveAttribute('data-after');
    await expect(list).not.toHaveAttribute('data-before');
    // The focus brings its chip into view.
    await button(page, 'Menu of plain-98').focus();
    await expect(page.locator('.lane').last()).toBeInViewport({ ratio: 0.99 });
    await expect(list).toHaveAttribute('data-before');
    await button(page, 'Menu of plain-98').tap();
    const menu = (await page.locator('.menu').boundingBox())!;
    expect(menu.x).toBeGreaterThanOrEqual(0);
    expect(menu.x + menu.width).toBeLessThanOrEqual(360);
    expect(menu.y).toBeGreaterThanOrEqual(0);
    expect(menu.y + menu.height).toBeLessThanOrEqual(740);
    expect(await faults(page)).toEqual([]);
    await page.touchscreen.tap(5, 5);
    await expect(page.getByRole('menu')).toBeHidden();
    await button(page, 'Menu of plain-98').tap();
    await page.getByRole('menuitem', { name: 'Remove' }).tap();
    await expect(page.locator('.lane')).toHaveCount(15);
    await expect(button(page, 'Menu of plain-92')).toBeFocused();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
}); // prettier-ignore

test('on a wide screen sixteen nets are two rows that scroll', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.goto(sixteen);
  await expect(page.locator('.lane')).toHaveCount(16);
  expect((await page.locator('.lanes-list').boundingBox())!.height).toBeLessThanOrEqual(2 * 64 + 8 + 10);
  await button(page, 'Menu of plain-98').focus();
  await expect(page.locator('.lane').last()).toBeInViewport({ ratio: 0.99 });
});

test('nothing of the strip moves when training begins, and each error is named', async ({ page }) => {
  await page.goto('./?backend=wasm#e=1p8x2,p14x2;n40000;b16');
  await expect(button(page, 'Train')).toBeEnabled();
  // Estimates, which stand above it, have come by then.
  await expect(page.locator('.costs')).toContainText('about', { timeout: 60_000 });
  const before = await boxesOf(page);
  await trained(page);
  await expect(page.locator('.lane').first()).toContainText(/training error \d+\.\d%/);
  expect(await boxesOf(page)).toEqual(before);
  await inMenu(page, 'plain-8', 'Pause');
  await expect(page.locator('.lane-state').getByText('paused')).toBeVisible();
  expect(await boxesOf(page)).toEqual(before);
  expect(await faults(page)).toEqual([]);
});
