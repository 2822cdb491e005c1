/** 2,000 kept runs: until they are listed, and while one scrolls through them. */
import type { Page } from 'playwright';
import type { Benchmark } from '../benchmark.ts';
import { openFakePage } from '../hosts/fakePage.ts';
import { runsStored, storeCopies } from '../hosts/keptRuns.ts';
import { median } from '../../src/model/median.ts';
import { trainButton } from '../hosts/page.ts';
import type { Measurement } from '../result.ts';

const RUNS = 2000;
/** Of each run, beside its record. */
const MOMENTS = 6;

const place = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name });
const rows = (page: Page) => page.locator('.runs tr[data-run]');

/** Milliseconds from the press on Runs until rows of the library are painted. */
async function opening(page: Page): Promise<number> {
  const waiting = page.evaluate(
    (most) =>
      new Promise<number>((resolve) => {
        let begun = 0;
        const watch = {
          look(): void {
            const table = document.querySelector('.runs table');
            const isThere =
              Number(table?.getAttribute('aria-rowcount')) > most &&
              document.querySelectorAll('.runs tr[data-run]').length > 10;
            // Painted is what was there in the frame before.
            if (isThere) requestAnimationFrame(() => resolve(performance.now() - begun));
            else requestAnimationFrame(() => watch.look());
          },
        };
        document.querySelector('.places')?.addEventListener(
          'click',
          ({ timeStamp }) => {
            begun = timeStamp;
            watch.look();
          },
          { once: true, capture: true },
        );
      }),
    RUNS,
  );
  await place(page, 'Runs').click();
  return waiting;
}

/** How fast the table scrolls, in pixels a second: read by the wheel, flung, and dragged by its bar through all rows in seconds. */
const speeds = [
  ['by the wheel', 3_000],
  ['flung', 10_000],
  ['dragged through all rows', 30_000],
] as const;

/** Frames a second while the table scrolls down and back at this speed, and the longest pause between two. */
const scrolling = (page: Page, { speed, seconds }: { speed: number; seconds: number }) =>
  page.evaluate(
    ({ perSecond, length }) =>
      new Promise<{ rate: number; slowest: number }>((resolve) => {
        const box = document.querySelector('.runs-scroll');
        if (!box) throw new Error('there is no table');
        const far = Math.min(box.scrollHeight - box.clientHeight, (perSecond * length) / 2);
        const seen = { begun: 0, last: 0, frames: 0, slowest: 0 };
        const ticker = {
          frame(now: number): void {
            if (seen.begun === 0) seen.begun = now;
            else {
              seen.frames++;
              seen.slowest = Math.max(seen.slowest, now - seen.last);
            }
            seen.last = now;
            const share = (now - seen.begun) / (1000 * length);
            // There and back.
            box.scrollTop = far * (share < 0.5 ? 2 * share : 2 - 2 * share);
            if (share < 1) requestAnimationFrame((next) => ticker.frame(next));
            else resolve({ rate: seen.frames / ((now - seen.begun) / 1000), slowest: seen.slowest });
          },
        };
        requestAnimationFrame((next) => ticker.frame(next));
      }),
    { perSecond: speed, length: seconds },
  );

export const library: Benchmark = {
  name: 'library',
  title: `${RUNS} kept runs: until they are listed, and while their table scrolls`,
  async run({ quick }) {
    const site = await openFakePage();
    try {
      const page = await site.freshPage();
      await page.goto(`${site.url}?speed=100#e=1p20x8;n300;b64;x`);
      await trainButton(page).click();
      // Asked for earlier, the database would be made without what lies in it.
      await place(page, 'Runs').click();
      await page.getByText(/^Kept in this browser/).waitFor({ timeout: 60_000 });
      await runsStored(page);
      await storeCopies(page, { runs: RUNS, moments: MOMENTS });

      const opened: number[] = [];
      const again: number[] = [];
      const longest: number[] = [];
      const scrolled = new Map(
        speeds.map(([, speed]) => [speed, { rates: [] as number[], slowest: [] as number[] }]),
      );
      for (let i = 0; i < (quick ? 2 : 5); i++) {
        await page.addInitScript(() => {
          const seen = { longTask: 0 };
          new PerformanceObserver((list) => {
            for (const { duration } of list.getEntries()) seen.longTask = Math.max(seen.longTask, duration);
          }).observe({ type: 'longtask', buffered: true });
          Object.assign(window, { seen });
        });
        await page.goto('about:blank');
        await page.goto(`${site.url}#e=1p20x8;n300;b64;x`);
        await place(page, 'Lab').click();
        await page.locator('.chart-surface').waitFor();
        await page.locator('.continue-offer, .legend, .legend-aside').first().waitFor({ timeout: 5000 }).catch(() => undefined); // prettier-ignore
        await page.waitForTimeout(2500);
        longest.push(
          await page.evaluate(() => (window as unknown as { seen: { longTask: number } }).seen.longTask),
        );
        opened.push(await opening(page));
        await page.waitForTimeout(500);
        for (const [speed, { rates, slowest }] of scrolled) {
          const { rate, slowest: longestPause } = await scrolling(page, { speed, seconds: quick ? 2 : 6 });
          rates.push(rate);
          slowest.push(longestPause);
        }
        await place(page, 'Lab').click();
        await rows(page).first().waitFor({ state: 'detached' });
        again.push(await opening(page));
      }
      const of = (label: string, unit: string, values: readonly number[]): Measurement => ({
        label,
        unit,
        value: median(values),
        spread: [Math.min(...values), Math.max(...values)],
      });
      return {
        settings: { browser: site.browser, runs: RUNS, moments: MOMENTS * RUNS, repetitions: opened.length },
        measurements: [
          of('from pressing Runs until rows are painted, first time', 'ms', opened),
          of('from pressing Runs until rows are painted, again', 'ms', again),
          ...speeds.flatMap(([how, speed]) => {
            const { rates = [], slowest = [] } = scrolled.get(speed) ?? {};
            const at = `${how} (${speed.toLocaleString('en')} px/s)`;
            return [
              of(`frames while scrolling ${at}`, 'frames/s', rates),
              of(`longest pause between two frames, ${at}`, 'ms', slowest),
            ];
          }),
          of('longest task while the page loads and reads what is kept', 'ms', longest),
        ],
      };
    } finally {
      await site.close();
    }
  },
};
