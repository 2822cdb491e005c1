import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { longestTask } from '../../scripts/mainThread.ts';
import type { Benchmark } from '../benchmark.ts';
import { openSite } from '../hosts/page.ts';
import { summary } from '../summary.ts';

const ROWS = 1_000_000;
/** A test every so many steps. */
const TESTS = 100;

/** A log of a long run: step, training loss, now and then an accuracy. */
function writeLog(file: string): void {
  const row = (step: number) => {
    const loss = (2.3 * Math.exp(-step / 3e5) + 0.1 * Math.sin(step)).toFixed(6);
    return `${step},${loss},${step % TESTS === 0 ? (0.1 + (0.8 * step) / ROWS).toFixed(5) : ''}`;
  };
  const rows = Array.from({ length: ROWS }, (_, i) => row(i + 1));
  writeFileSync(file, `step,train_loss,val_acc\n${rows.join('\n')}\n`);
}

const now = () => performance.now() / 1000;

/** Opens the dialog and gives it the file; ends when what was read is said. Seconds. */
async function read(page: Page, file: string): Promise<number> {
  const begun = now();
  await page.getByLabel('Log of another program, or of this page (CSV)').setInputFiles(file);
  await page.locator('.log-runs li').first().waitFor({ timeout: 120_000 });
  return now() - begun;
}

/** Changes what a column means; ends when it is read anew. Seconds. */
async function reinterpret(page: Page): Promise<number> {
  const begun = now();
  await page.getByLabel('Test error or accuracy is').selectOption('an error, 0 to 1');
  await page.locator('.log-runs li', { hasText: 'the last 90.0% wrong' }).waitFor({ timeout: 120_000 });
  return now() - begun;
}

export const logs: Benchmark = {
  name: 'logs',
  title: `A log of ${ROWS.toLocaleString('en')} rows, read by the page (Chromium)`,
  async run({ quick }) {
    const repetitions = quick ? 1 : 5;
    const folder = mkdtempSync(join(tmpdir(), 'log-'));
    const site = await openSite();
    try {
      const file = join(folder, 'million.csv');
      writeLog(file);
      const seconds: number[] = [];
      const again: number[] = [];
      const tasks: number[] = [];
      const drawing: number[] = [];
      for (let i = 0; i < repetitions; i++) {
        const page = await site.freshPage();
        await page.goto(site.url);
        await page.getByRole('button', { name: 'Export, import' }).click();
        await page.getByLabel('Log of another program, or of this page (CSV)').waitFor();
        // What the page does as it opens is not of this.
        await page.waitForTimeout(3000);
        seconds.push(await read(page, file));
        again.push(await reinterpret(page));
        await page.getByRole('button', { name: 'Leave it' }).click();
        // Once more, since to be watched takes time too.
        tasks.push(
          await longestTask(page, async () => {
            await read(page, file);
            await reinterpret(page);
          }),
        );
        drawing.push(
          await longestTask(page, async () => {
            await page.getByRole('button', { name: 'Draw this run' }).click();
            await page.getByText('one run is on the charts now').waitFor();
            await page.waitForTimeout(1000);
          }),
        );
        await page.context().close();
      }
      return {
        settings: { browser: site.browser, rows: ROWS, tests: ROWS / TESTS, repetitions },
        measurements: [
          summary('from the file to what was read of it', seconds, 's'),
          summary('a change of a field', again, 's'),
          summary('longest task of the main thread meanwhile, its own work', tasks, 'ms'),
          summary('the same while the run is taken onto the charts', drawing, 'ms'),
        ],
      };
    } finally {
      await site.close();
      rmSync(folder, { recursive: true });
    }
  },
};
