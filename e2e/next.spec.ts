/** What comes after a run: the new nets alone, twins beside what trains, the next seed. Real CIFAR-10, real training. */
import { expect, test } from 'playwright/test';
import { button, ended, goTo } from './framePage.ts';
import { lossesTold, spyOn } from './spy.ts';

test('nets that are done stay, twins are trained alone on the same images, and nothing is trained twice', async ({
  page,
}) => {
  await spyOn(page);
  await page.goto('./?backend=wasm#e=1p8x2;n60;b16;x');
  const own = await page.title();
  await button(page, 'Train').click();
  await ended(page);
  await expect(page).toHaveTitle('Done \u00b7 Residual Playground');
  expect(own).toMatch(/^Residual Playground/);
  const [plain] = await lossesTold(page);

  // All is done: again is with the next seed, and says why.
  await expect(button(page, 'Train again')).toHaveAccessibleDescription(
    /^Done with seed \d+\. Train again takes the next\.$/,
  );

  await button(page, 'Add the same nets with shortcuts').click();
  await button(page, 'Train the new nets').click();
  await ended(page);
  const told = await lossesTold(page);
  expect(told.map((losses) => losses.length)).toEqual([60, 60]);
  expect(told[0]).toEqual(plain);
  await goTo(page, 'Runs');
  await expect(page.locator('.runs tr[data-run]')).toHaveCount(2);
  await goTo(page, 'Lab');
  await expect(page.locator('.lane b')).toHaveText(['plain-8', 'ResNet-8']);
  await expect(page.locator('.lane[data-step="60"]')).toHaveCount(2);

  // The weights of both are still to be had.
  await button(page, 'Export, import').click();
  for (const name of ['plain-8', 'ResNet-8']) {
    const download = page.waitForEvent('download');
    await button(page, `Weights of ${name}`).click();
    expect((await download).suggestedFilename()).toMatch(/\.safetensors$/);
  }
  await page.keyboard.press('Escape');

  await button(page, 'Train again').click();
  await button(page, 'Settings').click();
  await expect(page.locator('[data-group="seed"] > summary')).toContainText('2');
  await ended(page);
  await goTo(page, 'Runs');
  await expect(page.locator('.runs tr[data-run]')).toHaveCount(4);
});

test('twins that are added while others train begin at once, and the tab tells how far they are', async ({
  page,
}) => {
  await spyOn(page);
  await page.goto('./?backend=wasm#e=1p8x2;n40000;b16');
  await button(page, 'Train').click();
  const taken = async (lane: number) => (await lossesTold(page))[lane]?.length ?? 0;
  await expect.poll(() => taken(0), { timeout: 60_000 }).toBeGreaterThan(5);
  await button(page, 'Add the same nets with shortcuts').click();
  await expect.poll(() => taken(1), { timeout: 60_000 }).toBeGreaterThan(5);
  await expect(page).toHaveTitle(/^(plain|ResNet)-8 \d+\/40000 \u00b7 Residual Playground$/);
  await button(page, 'Pause').click();
  await expect(page).toHaveTitle(/^Paused: /);
  await button(page, 'Stop').click();
  await expect(page).toHaveTitle(/^Stopped/, { timeout: 30_000 });
});
