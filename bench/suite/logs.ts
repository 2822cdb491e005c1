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

/** As many columns as a log can have, nearly. */
const COLUMNS = 990;
/** Curves of one run, or many runs side by side. */
const wideHeaders = {
  long: (i: number) => ['step', 'train_loss', 'val_acc'][i] ?? `grad_norm/layer${i}`,
  wide: (i: number) =>
    i === 0 ? 'Step' : i <= 60 ? `run-${i} - train/loss` : `run-${1 + (i % 60)} - weights/norm${i}`,
};

function writeWideLog(file: string, nameOf: (i: number) => string): void {
  const columns = Array.from({ length: COLUMNS }, (_, i) => i);
  const row = (step: number) =>
    columns.map((i) => (i === 0 ? step : Math.abs(Math.sin(i * step)).toFixed(4))).join(',');
  const rows = Array.from({ length: 200 }, (_, i) => row(i + 1));
  writeFileSync(file, `${columns.map(nameOf).join(',')}\n${rows.join('\n')}\n`);
}

/** A log whose every row says all, and one in which each curve has rows of its own. */
const crowdedLogs = {
  tests: {
    rows: ROWS / 2,
    header: 'step,lr,train_loss,train_acc,val_loss,val_acc',
    row: (i: number) => {
      const [loss, accuracy] = [2.3 * Math.exp(-i / 3e5), 0.1 + (0.8 * i) / ROWS].map((x) => x.toFixed(5));
      return `${i + 1},${(0.1 * Math.exp(-i / 1e5)).toFixed(6)},${loss},${accuracy},${loss},${accuracy}`;
    },
  },
  sparse: {
    rows: ROWS,
    header: 'step,lr,train_loss,train_acc,val_acc',
    row: (i: number) => {
      const cells = [0, 1, 2].map((k) => (i % 3 === k ? (0.1 + (0.8 * i) / ROWS).toFixed(5) : ''));
      return `${i + 1},${i % 10 === 0 ? '0.1' : ''},${cells.join(',')}`;
    },
  },
};

function writeCrowdedLog(file: string, { rows, header, row }: (typeof crowdedLogs)['tests']): void {
  writeFileSync(file, `${header}\n${Array.from({ length: rows }, (_, i) => row(i)).join('\n')}\n`);
}

const now = () => performance.now() / 1000;

async function openImport(page: Page, url: string): Promise<void> {
  await page.goto(`${url}#/lab`);
  await page.getByRole('button', { name: 'Export, import' }).click();
  await page.getByLabel('Log of another program, or of this page (CSV)').waitFor();
  // What the page does as it opens is not of this.
  await page.waitForTimeout(3000);
}

/** Takes the one run that was read onto the charts, and waits until it is drawn. */
async function draw(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Draw this run' }).click();
  await page.getByText('one run is on the charts now').waitFor();
  await page.waitForTimeout(2500);
}

/** Gives the dialog the file; ends when what was read is said. Seconds. */
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
      const choosing: Record<string, number[]> = {};
      const crowding: Record<string, number[]> = {};
      for (let i = 0; i < repetitions; i++) {
        const page = await site.freshPage();
        await openImport(page, site.url);
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
        drawing.push(await longestTask(page, () => draw(page)));
        await page.context().close();
        for (const [kind, nameOf] of Object.entries(wideHeaders)) {
          const wide = join(folder, `${kind}.csv`);
          if (i === 0) writeWideLog(wide, nameOf);
          const opened = await site.freshPage();
          await openImport(opened, site.url);
          const choose = async () => {
            await read(opened, wide);
            await opened.waitForTimeout(1000);
          };
          (choosing[kind] ??= []).push(await longestTask(opened, choose));
          await opened.context().close();
        }
        for (const [kind, log] of Object.entries(crowdedLogs)) {
          const crowded = join(folder, `${kind}.csv`);
          if (i === 0) writeCrowdedLog(crowded, log);
          const opened = await site.freshPage();
          await openImport(opened, site.url);
          await read(opened, crowded);
          (crowding[kind] ??= []).push(await longestTask(opened, () => draw(opened)));
          await opened.context().close();
        }
      }
      return {
        settings: { browser: site.browser, rows: ROWS, tests: ROWS / TESTS, repetitions },
        measurements: [
          summary('from the file to what was read of it', seconds, 's'),
          summary('a change of a field', again, 's'),
          summary('longest task of the main thread meanwhile, its own work', tasks, 'ms'),
          summary('the same while the run is taken onto the charts', drawing, 'ms'),
          summary('the same of a log of 500,000 rows with two tests each', crowding['tests'] ?? [], 'ms'),
          summary('the same of a log whose every curve has rows of its own', crowding['sparse'] ?? [], 'ms'),
          summary(`longest task as ${COLUMNS} columns are asked about`, choosing['long'] ?? [], 'ms'),
          summary(`the same with the runs side by side in them`, choosing['wide'] ?? [], 'ms'),
        ],
      };
    } finally {
      await site.close();
      rmSync(folder, { recursive: true });
    }
  },
};
