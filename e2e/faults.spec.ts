/** Faults while training: nothing is lost, Stop ends within five seconds, and what is said is true and says what to do. */
import { expect, test, type Page, type Worker } from 'playwright/test';
import { lossesTold, spyOn } from './spy.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const LONG = { timeout: 120_000 };
/** Two small nets. */
const link = (steps: number, atEnd = false) => `./#e=1p8x2,r8x2;n${steps};b32${atEnd ? '' : ';x'}`;
const workers = (page: Page, name: 'trainWorker' | 'dataWorker') =>
  page.workers().filter((worker) => worker.url().includes(name));

/** Ends the first of them without a word. Not waited for: who is gone does not answer. */
const close = ([worker]: readonly Worker[]) =>
  void worker?.evaluate(() => self.close()).catch(() => undefined);

/** Presses Stop and says after how many seconds, by the page's own clock, nothing trains any more. */
async function stopSeconds(page: Page): Promise<number> {
  await page.evaluate(() => {
    const buttons = () => [...document.querySelectorAll('button')].map(({ textContent }) => textContent);
    const now = () => Number(document.timeline.currentTime);
    const begun = now();
    [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Stop')?.click();
    const timer = setInterval(() => {
      if (!buttons().includes('Train')) return;
      clearInterval(timer);
      document.body.dataset['stopped'] = String((now() - begun) / 1000);
    }, 20);
  });
  await expect(page.locator('body[data-stopped]')).toBeAttached({ timeout: 15_000 });
  const seconds = Number(await page.locator('body').getAttribute('data-stopped'));
  await page.evaluate(() => delete document.body.dataset['stopped']);
  return seconds;
}

const steps = async (page: Page) => (await lossesTold(page)).map((losses) => losses.length);
const fewest = async (page: Page) => Math.min(...(await steps(page)));

/** The curves of both lanes are still in the table of runs, and can be taken away. */
async function expectCurves(page: Page): Promise<void> {
  await expect(page.locator('[data-lane][data-step]:not([data-step="0"])')).toHaveCount(2);
  await button(page, 'Export, import').click();
  await expect(page.getByRole('button', { name: /CSV/ }).first()).toBeEnabled();
}

const never = () => new Promise<void>(() => undefined);

test(
  'the network goes away while it trains and comes back: training waits, says so, and goes on',
  { tag: '@alone' },
  async ({ page, context }) => {
    await spyOn(page);
    // Two shards arrive, then nothing until the network is back.
    let left = 2;
    await page.route('**/datasets/cifar10/*.png', async (route) => {
      if (left-- > 0) await route.continue();
      else await route.abort('internetdisconnected');
    });
    await page.goto(link(400));
    await button(page, 'Train').click();
    const said = (what: string) => page.getByText(`Waiting for the images: ${what}. Trying again`);
    await expect(said('the network cannot be reached')).toBeVisible(LONG);
    await context.setOffline(true);
    await expect(said('this browser is offline')).toBeVisible({ timeout: 60_000 });
    const waiting = await fewest(page);
    left = Infinity;
    await context.setOffline(false);
    await expect(page.getByText(/Waiting for the images/)).toBeHidden({ timeout: 60_000 });
    await expect.poll(() => fewest(page), LONG).toBeGreaterThan(waiting);
    await expect(page.getByRole('alert')).toHaveCount(0);
    expect(await stopSeconds(page)).toBeLessThan(5);
  },
);

test('a test shard that is missing costs a trained run its test and nothing else', async ({ page }) => {
  await page.route('**/datasets/cifar10/test-*.png', (route) => route.fulfill({ status: 404 }));
  await page.goto(link(4, true));
  await button(page, 'Train').click();
  await expect(page.getByText(/Done: 4 steps\. The test on all images could not be done/)).toHaveCount(
    2,
    LONG,
  );
  await expect(page.getByText(/HTTP 404/).first()).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expectCurves(page);
});

test(
  'a shard that never comes is said while it is getting ready, and Stop ends',
  { tag: '@alone' },
  async ({ page }) => {
    await page.route('**/datasets/cifar10/train-*.png', never);
    await page.goto(link(4));
    await button(page, 'Train').click();
    await expect(page.getByText(/Waiting for the images: the network does not answer/)).toBeVisible({
      timeout: 40_000,
    });
    expect(await stopSeconds(page)).toBeLessThan(5);
    await expect(page.locator('.lane-state').getByText('stopped at step 0')).toHaveCount(2);
  },
);

test(
  'a test shard that never comes holds the test; Stop ends and keeps the curves',
  { tag: '@alone' },
  async ({ page }) => {
    await page.route('**/datasets/cifar10/test-*.png', never);
    await page.goto(link(4, true));
    await button(page, 'Train').click();
    await expect(page.getByText(/Waiting for the images: the network does not answer/)).toBeVisible(LONG);
    expect(await stopSeconds(page)).toBeLessThan(5);
    await expectCurves(page);
  },
);

test('a data worker that is gone ends the lanes with what they have', async ({ page }) => {
  await spyOn(page);
  await page.goto(link(5000));
  await button(page, 'Train').click();
  await expect.poll(() => fewest(page), LONG).toBeGreaterThan(3);
  await workers(page, 'dataWorker')
    .at(-1)
    ?.evaluate(() => self.close());
  const alert = page.getByRole('alert');
  await expect(alert).toContainText(/worker that deals the images ended|data worker has ended/, {
    timeout: 60_000,
  });
  await expect(alert).toContainText('Train again: the page starts');
  await expect(button(page, 'Train')).toBeVisible({ timeout: 10_000 });
  const ended = await steps(page);
  await page.waitForTimeout(1500);
  expect(await steps(page)).toEqual(ended);
  await expectCurves(page);
  const saved = page.waitForEvent('download');
  await page
    .getByRole('button', { name: /[Ww]eights of/ })
    .first()
    .click();
  expect((await saved).suggestedFilename()).toMatch(/safetensors$/);
});

test(
  'a lane whose worker is gone is named, the other goes on, and both can be stopped',
  { tag: '@alone' },
  async ({ page }) => {
    await spyOn(page);
    await page.goto(link(5000));
    await button(page, 'Train').click();
    await expect.poll(() => fewest(page), LONG).toBeGreaterThan(3);
    close(workers(page, 'trainWorker'));
    const alert = page.getByRole('alert');
    await expect(alert).toContainText(/(plain-8|ResNet-8) has failed; the others go on/, { timeout: 60_000 });
    await expect(alert).toContainText('The training worker ended without a word');
    const most = async () => Math.max(...(await steps(page)));
    const before = await most();
    await expect.poll(most, LONG).toBeGreaterThan(before + 3);
    expect(await stopSeconds(page)).toBeLessThan(5);
    await expectCurves(page);
  },
);

test(
  'a lane that hangs is said to be silent, with who waits for it, and Stop ends it',
  { tag: '@alone' },
  async ({ page }) => {
    await spyOn(page);
    await page.goto(link(5000));
    await button(page, 'Train').click();
    await expect.poll(() => fewest(page), LONG).toBeGreaterThan(3);
    // Not waited for: it never comes back.
    void workers(page, 'trainWorker')[0]
      ?.evaluate(() => {
        for (;;);
      })
      .catch(() => undefined);
    await expect(page.getByText(/has not answered for .+\. A long step can take so long/)).toBeVisible(LONG);
    await expect(page.getByText(/waiting for .*, which does not answer/)).toBeVisible();
    expect(await stopSeconds(page)).toBeLessThan(5);
    await expectCurves(page);
    await expect(page.getByText(/It did not end by itself, so it was ended/)).toBeVisible();
  },
);

test('a lane that does not fit is refused before it is trained, with numbers', async ({ page }) => {
  await page.goto('./?backend=wasm#e=1r20x64;n2;b1024;x');
  await expect(
    page.getByText(
      /ResNet-20 needs about 7\.3 GB, and one lane can hold 4\.3 GB here\. It would fit with a batch of/,
    ),
  ).toBeVisible({ timeout: 30_000 });
  await expect(button(page, 'Train')).toBeDisabled();
  await expect(page.getByText(/A lane is larger than this device can hold/)).toBeVisible();
});
