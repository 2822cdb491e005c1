/** What a person does first: press Train, watch, pause, resume, stop. Real CIFAR-10, real training. */
import { expect, test, type Page } from 'playwright/test';
import { longestTask } from '../scripts/mainThread.ts';
import { lossesTold, spyOn, statesTold } from './spy.ts';
import { inMenu, setTable, show } from './framePage.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const steps = async (page: Page) => (await lossesTold(page)).map((losses) => losses.length);

test('trains two lanes, pauses, resumes and stops; the page shows what the workers tell', async ({
  page,
}) => {
  await spyOn(page);
  await page.goto('./#/lab');
  await button(page, 'Train').click();
  await expect
    .poll(() => steps(page), { timeout: 120_000 })
    .toEqual([expect.any(Number), expect.any(Number)]);
  await expect.poll(async () => Math.min(...(await steps(page))), { timeout: 120_000 }).toBeGreaterThan(4);

  await button(page, 'Pause').click();
  await expect(button(page, 'Resume')).toBeVisible();
  await expect
    .poll(async () => (await statesTold(page)).map((states) => states.at(-1)))
    .toEqual(['paused', 'paused']);
  // A batch on its way is still used, however long that takes; then there is none.
  let paused = await steps(page);
  await expect(async () => {
    const before = paused;
    await page.waitForTimeout(2000);
    paused = await steps(page);
    expect(paused).toEqual(before);
  }).toPass({ timeout: 60_000 });

  await button(page, 'Resume').click();
  await expect
    .poll(async () => Math.min(...(await steps(page))), { timeout: 120_000 })
    .toBeGreaterThan(paused[0]! + 2);

  await button(page, 'Stop').click();
  await expect(button(page, 'Train')).toBeVisible({ timeout: 30_000 });
  const states = await statesTold(page);
  expect(states).toEqual(Array(2).fill(['running', 'paused', 'running', 'finished']));

  // The curves are the workers' numbers: the table behind the loss chart, cell by cell.
  const told = await lossesTold(page);
  await show(page, 'Loss');
  await setTable(page, true);
  const loss = page.getByRole('group', { name: 'Loss of every lane, as drawn' });
  const shown = () =>
    loss.locator('td[data-split="training"][data-value]').evaluateAll((cells) => {
      const lanes = new Map<string, number[]>();
      for (const cell of cells) {
        const lane = cell.getAttribute('data-lane') ?? '';
        lanes.set(lane, [...(lanes.get(lane) ?? []), Number(cell.getAttribute('data-value'))]);
      }
      return [...lanes.values()];
    });
  await expect.poll(shown).toEqual(told); // charts are drawn a few times a second
});

test('one lane that is paused holds the other, and the page says so', async ({ page }) => {
  await spyOn(page);
  await page.goto('./#/lab');
  await button(page, 'Train').click();
  await expect.poll(async () => Math.min(...(await steps(page))), { timeout: 120_000 }).toBeGreaterThan(0);
  await inMenu(page, 'plain-20', 'Pause');
  await expect(page.getByText('All wait for plain-20, which is paused.')).toBeVisible();
  await expect(page.locator('.lane-state').getByText('waiting for plain-20', { exact: true })).toBeVisible();
  await inMenu(page, 'plain-20', 'Resume');
  const held = Math.max(...(await steps(page)));
  await expect.poll(async () => Math.min(...(await steps(page))), { timeout: 120_000 }).toBeGreaterThan(held);
});

test(
  'while two lanes train no task of the main thread takes 50 ms of the processor',
  { tag: '@alone' },
  async ({ page }) => {
    await spyOn(page);
    await page.goto('./#/lab');
    await button(page, 'Train').click();
    const fewest = async () => Math.min(...(await steps(page)));
    await expect.poll(fewest, { timeout: 120_000 }).toBeGreaterThan(0);
    const longest = await longestTask(page, async () => {
      const begun = await fewest();
      await expect.poll(fewest, { timeout: 120_000 }).toBeGreaterThan(begun + 30);
    });
    expect(longest, 'the longest task of the main thread, ms').toBeLessThan(50);
  },
);

test('says which device trains and why, and what was asked for that is not there', async ({ page }) => {
  await page.goto('./?backend=cpu#/lab');
  await expect(
    page
      .getByText('?backend=cpu', { exact: false })
      .or(page.getByText(/asked for/i))
      .first(),
  ).toBeVisible();
  await page.goto('./?backend=abacus#/lab');
  await expect(page.locator('main').getByText(/backend=abacus is not known/)).toBeVisible();
  await page.goto('./?backend=wasm&precision=f16#/lab');
  await expect(page.locator('main').getByText(/precision=f16 was asked for, but only WebGPU/)).toBeVisible();
});

test('a broken shard is refused with a clear error, and Train works again once it is mended', async ({
  page,
}) => {
  await page.route('**/datasets/cifar10/train-*.png', async (route) => {
    await route.fulfill({ status: 200, contentType: 'image/png', body: 'not a shard' });
  });
  await page.goto('./#/lab');
  await button(page, 'Train').click();
  await expect(page.getByText(/Shard train-.*expected/).first()).toBeVisible({ timeout: 60_000 });

  await page.unroute('**/datasets/cifar10/train-*.png');
  await page.getByRole('button', { name: /again/i }).first().click();
  await expect(button(page, 'Stop')).toBeVisible({ timeout: 30_000 });
});
