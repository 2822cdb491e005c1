/** What is kept in this browser: going back to a moment, branching, training on, and what was hidden. */
import { expect, test, type Page } from 'playwright/test';
import { keptRuns, type KeptRun } from '../scripts/chaos/kept.ts';

const LONG = { timeout: 120_000 };
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).first();
/** One plain net of 2 filters, tested as it goes. */
const LINK = './?backend=wasm#e=1p8x2;n60;b16;t20_100;x';

/** The page has been told so, and what it keeps has come to the same. */
const ended = async (page: Page, count: number): Promise<readonly KeptRun[]> => {
  await expect(page).toHaveTitle(/^Done/, LONG);
  const over = async () => (await keptRuns(page)).filter(({ end }) => end === 'completed');
  await expect.poll(async () => (await over()).length, { timeout: 20_000 }).toBe(count);
  return over();
};

async function train(page: Page): Promise<KeptRun> {
  await page.goto(LINK);
  await button(page, 'Train').click();
  const [run] = await ended(page, 1);
  return run!;
}

/** Opens the moment after `step` steps of the net on the stage. */
async function goBackTo(page: Page, step: number): Promise<void> {
  await page
    .getByRole('button', { name: /^Menu of/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name: 'Go back to a moment' }).click();
  const slider = page.getByRole('slider', { name: /Moment/ });
  await slider.focus();
  for (let tries = 0; tries < 20; tries++) {
    if ((await slider.getAttribute('aria-valuetext'))?.startsWith(`After step ${step} `)) return;
    await page.keyboard.press('ArrowLeft');
  }
  throw new Error(`no moment after step ${step}`);
}

async function choose(page: Page, what: RegExp): Promise<void> {
  const select = page.getByLabel('Change', { exact: true });
  const labels = await select.locator('option').allTextContents();
  await select.selectOption({ label: labels.find((label) => what.test(label)) ?? '' });
}

test('a branch that changes nothing equals its parent bit for bit, through a reload in its midst', async ({
  page,
}) => {
  const parent = await train(page);
  await goBackTo(page, 20);
  await choose(page, /^Nothing/);
  await button(page, 'Branch here and train').click();
  await page.waitForFunction(() => Number(/(\d+)\/\d+/.exec(document.title)?.[1]) > 20, null, LONG);
  await page.reload();
  const going = button(page, /^Continue from step/);
  await expect(async () => {
    expect((await going.isVisible()) || (await page.title()).startsWith('Done')).toBe(true);
  }).toPass(LONG);
  if (await going.isVisible()) await going.click();
  const runs = await ended(page, 2);
  const branch = runs.find(({ id }) => id !== parent.id)!;
  expect(branch.chapters[0]).toEqual({ kind: 'branched', step: 20 });
  expect([branch.series, branch.evaluations]).toEqual([parent.series, parent.evaluations]);
  // And its parent is as it was.
  expect(runs.find(({ id }) => id === parent.id)).toEqual(parent);
});

test('a plain net with its skips switched on at a moment trains on; a run that is done takes more steps', async ({
  page,
}) => {
  const parent = await train(page);
  await goBackTo(page, 20);
  await choose(page, /skip connections on/);
  await button(page, 'Branch here and train').click();
  const runs = await ended(page, 2);
  const branch = runs.find(({ id }) => id !== parent.id)!;
  const losses = [parent, branch].map(({ series }) => series['loss']!);
  expect(losses.map((loss) => loss.length)).toEqual([60, 60]);
  expect(losses[1]!.slice(0, 20)).toEqual(losses[0]!.slice(0, 20));
  expect(losses[1]!.slice(20)).not.toEqual(losses[0]!.slice(20));
  expect(losses[1]!.every((loss) => loss !== null && Number.isFinite(loss))).toBe(true);

  await goBackTo(page, 60);
  await choose(page, /^Nothing/);
  await page.getByLabel('Steps in all').fill('80');
  await button(page, 'Train on').click();
  await expect
    .poll(async () => (await keptRuns(page)).map(({ step }) => step).toSorted(), LONG)
    .toEqual([60, 80]);
});

test('what was hidden stays hidden when the page comes back', async ({ page }) => {
  await train(page);
  await page
    .getByRole('button', { name: /^Menu of/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name: /^Hide/ }).click();
  const lane = page.locator('.lane[data-hidden="true"]');
  await expect(lane).toHaveCount(1);
  await page.waitForTimeout(2500);
  await page.reload();
  await expect(page).toHaveTitle(/^Done/);
  await expect(lane).toHaveCount(1);
});

test('two tabs: one trains, the other shows it and can go on with it once it is closed', async ({
  page,
  context,
}) => {
  await page.goto(LINK.replace('n60', 'n4000'));
  await button(page, 'Train').click();
  await page.waitForFunction(() => Number(/(\d+)\/\d+/.exec(document.title)?.[1]) > 20, null, LONG);
  await page.waitForTimeout(2500);
  const other = await context.newPage();
  await other.goto('./');
  await expect(other.getByText(/trains in another tab/)).toBeVisible({ timeout: 20_000 });
  await expect(button(other, /^Continue from step/)).toHaveCount(0);
  await page.close();
  await button(other, /^Continue from step/).click({ timeout: 20_000 });
  await other.waitForFunction(() => Number(/(\d+)\/\d+/.exec(document.title)?.[1]) > 20, null, LONG);
  await expect(other.getByText(/trains in another tab/)).toHaveCount(0);
});
