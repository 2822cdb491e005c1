import type { CDPSession, Locator, Page } from 'playwright';
import { longestTask } from '../../scripts/mainThread.ts';
import { parseExperiment } from '../../src/model/config.ts';
import { encodeExperiment } from '../../src/model/link.ts';
import type { Benchmark } from '../benchmark.ts';
import { openFakePage } from '../hosts/fakePage.ts';
import { trainButton } from '../hosts/page.ts';
import type { Measurement } from '../result.ts';

const LANES = 8;
const POINTS = 20_000;
const PACKS_A_SECOND = 10;

const experiment = parseExperiment({
  lanes: [20, 32, 44, 56].flatMap((depth) => [
    { id: `plain-${depth}`, model: { depth, block: 'plain', width: 8 } },
    { id: `resnet-${depth}`, model: { depth, block: 'basic', shortcut: 'A', width: 8 } },
  ]),
  recipe: {
    steps: 2 * POINTS,
    batchSize: 64,
    schedule: { type: 'steps', milestones: [8000, 16_000], factor: 0.1 },
    evaluation: { every: 500, images: 500, atEnd: true },
  },
});

interface Watched {
  readonly frames: number;
  readonly seconds: number;
  /** Milliseconds between two frames, the longest. */
  readonly slowest: number;
  /** Milliseconds of the longest task of the main thread; 50 and less are not told. */
  readonly longTask: number;
}

/** Counts frames and long tasks in the page while `act` goes on. */
async function watch(page: Page, act: () => Promise<void>): Promise<Watched> {
  await page.evaluate(() => {
    const seen = { frames: -1, begun: 0, last: 0, slowest: 0, longTask: 0, going: true };
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longTask = Math.max(seen.longTask, duration);
    }).observe({ type: 'longtask' });
    // A method: tsx names other functions by a helper that does not exist in the page.
    const ticker = {
      frame(now: number): void {
        if (!seen.going) return;
        if (seen.frames++ < 0) seen.begun = now;
        else seen.slowest = Math.max(seen.slowest, now - seen.last);
        seen.last = now;
        requestAnimationFrame((next) => ticker.frame(next));
      },
    };
    requestAnimationFrame((next) => ticker.frame(next));
    Object.assign(window, { seen });
  });
  await act();
  return page.evaluate(async () => {
    const { seen } = window as unknown as {
      seen: Record<'frames' | 'begun' | 'last' | 'slowest' | 'longTask', number> & { going: boolean };
    };
    seen.going = false;
    // A long task is told after it has ended.
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { frames, slowest, longTask } = seen;
    return { frames, slowest, longTask, seconds: (seen.last - seen.begun) / 1000 };
  });
}

async function heapMegabytes(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage');
  return (await cdp.send('Runtime.getHeapUsage')).usedSize / 1e6;
}

type Box = NonNullable<Awaited<ReturnType<Locator['boundingBox']>>>;

async function hover(page: Page, box: Box, seconds: number): Promise<void> {
  const end = performance.now() + 1000 * seconds;
  for (let i = 0; performance.now() < end; i++) {
    const across = 0.5 + 0.4 * Math.sin(i / 20);
    await page.mouse.move(box.x + across * (box.width - 150), box.y + box.height / 2);
    await page.waitForTimeout(12);
  }
}

/** In and out by keys, then by a rectangle and Escape. */
async function zoom(page: Page, chart: Locator, box: Box, seconds: number): Promise<void> {
  const end = performance.now() + 1000 * seconds;
  const centre = box.x + box.width / 2;
  for (let i = 0; performance.now() < end; i++) {
    await chart.focus();
    for (const key of ['+', '+', '+', '-', '-', '-']) {
      await page.keyboard.press(key);
      await page.waitForTimeout(60);
    }
    await page.mouse.move(centre - 150, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(centre + (i % 2 ? 60 : -60), box.y + 200, { steps: 8 });
    await page.mouse.up();
    await page.waitForTimeout(250);
    await page.keyboard.press('Escape');
    await page.waitForTimeout(250);
  }
}

/** Has a button of the tools be pressed, or not. */
async function press(page: Page, name: string, isPressed: boolean): Promise<void> {
  const button = page.locator('.tools').getByRole('button', { name, exact: true });
  if ((await button.getAttribute('aria-pressed')) !== String(isPressed)) await button.click();
}

export const charts: Benchmark = {
  name: 'charts',
  title: `The charts with ${LANES} lanes of ${POINTS} points each, growing (Chromium, drawn in software)`,
  async run({ quick }) {
    const seconds = quick ? 4 : 15;
    const site = await openFakePage();
    try {
      const blank = await site.freshPage();
      const nothing = await watch(blank, () => blank.waitForTimeout(1000 * seconds));
      await blank.context().close();

      const page = await site.freshPage();
      const cdp = await page.context().newCDPSession(page);
      await page.goto(`${site.url}?history=${POINTS}&speed=3#${encodeExperiment(experiment)}`);
      await trainButton(page).click();
      await page
        .locator('.lane:not([data-step="0"])')
        .nth(LANES - 1)
        .waitFor();
      const chart = page.getByRole('group', { name: /^Error, %: chart/ });
      await chart.scrollIntoViewIfNeeded();
      await page.waitForTimeout(4000);
      const box = await chart.boundingBox();
      if (!box) throw new Error('the chart of the error is not on the page');
      const heapBefore = await heapMegabytes(cdp);

      const acts: Readonly<Record<string, () => Promise<void>>> = {
        'adding points': () => page.waitForTimeout(1000 * seconds),
        'adding points and hovering': () => hover(page, box, seconds),
        'adding points and zooming': () => zoom(page, chart, box, seconds),
        'adding points, all measures shown': async () => {
          await press(page, 'All measures', true);
          await page.waitForTimeout(1000 * seconds);
        },
        'adding points, side by side': async () => {
          await press(page, 'All measures', false);
          await press(page, 'Side by side', true);
          await page.waitForTimeout(1000 * seconds);
        },
      };
      const measurements: Measurement[] = [];
      for (const [name, act] of Object.entries(acts)) {
        const { frames, seconds: took, slowest, longTask } = await watch(page, act);
        measurements.push(
          { label: `${name}: frames`, value: frames / took, unit: 'a second' },
          { label: `${name}: longest wait for a frame`, value: slowest, unit: 'ms' },
          { label: `${name}: longest task (0: none over 50)`, value: longTask, unit: 'ms' },
          { label: `${name}: longest task, its own work`, value: await longestTask(page, act), unit: 'ms' },
        );
      }
      const heapAfter = await heapMegabytes(cdp);
      return {
        settings: {
          browser: site.browser,
          viewport: '1280 x 800',
          secondsEach: seconds,
          packsASecond: PACKS_A_SECOND,
        },
        measurements: [
          { label: 'an empty page: frames', value: nothing.frames / nothing.seconds, unit: 'a second' },
          ...measurements,
          { label: 'JavaScript heap before', value: heapBefore, unit: 'MB' },
          { label: 'JavaScript heap after', value: heapAfter, unit: 'MB' },
        ],
      };
    } finally {
      await site.close();
    }
  },
};
