/** Lanes that come while others train, and lanes that have to wait. Real CIFAR-10, real training. */
import { expect, test, type Page } from 'playwright/test';
import { lossesTold, spyOn, statesTold } from './spy.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('a lane that joins later goes through the same images: a copy of a net repeats its losses', async ({
  page,
}) => {
  await spyOn(page);
  await page.goto('./#e=1p8x4,p14x4;n40000;b32');
  await button(page, 'Train').click();
  const taken = async (lane: number) => (await lossesTold(page))[lane]?.length ?? 0;
  await expect.poll(() => taken(0), { timeout: 60_000 }).toBeGreaterThan(10);

  await button(page, 'Duplicate plain-8').click();
  await expect(page.getByRole('textbox', { name: 'Depth' })).toBeVisible();
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
  await expect(page.getByText('Waits until another lane ends').first()).toBeVisible();
  await expect
    .poll(async () => (await lossesTold(page)).map((losses) => losses.length), { timeout: 120_000 })
    .toEqual(Array(room + 2).fill(20));
  await expect(page.getByText('Waits until another lane ends')).toHaveCount(0);
  // What has ended has given its memory back, and still has its weights.
  await button(page, 'Export, import').click();
  const download = page.waitForEvent('download');
  await button(page, 'Weights of plain-8, 1 filter').click();
  expect((await download).suggestedFilename()).toMatch(/\.safetensors$/);
});
