/** Files of other programs as people have them, brought in as a person does. */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, type Locator, type Page } from 'playwright/test';
import { goTo, setTable, show } from './framePage.ts';

const cases = (name: string) => fileURLToPath(new URL(`../test/fixtures/cases/${name}`, import.meta.url));
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function openImport(
  page: Page,
): Promise<{ readonly dialog: Locator; readonly log: Locator; readonly runs: Locator }> {
  await page.goto('./#e=1p8x4;n60;b32;x');
  await button(page, 'Export, import').click();
  const dialog = page.getByRole('dialog', { name: 'Export and import' });
  return {
    dialog,
    log: dialog.getByLabel('Log of another program, or of this page (CSV)'),
    runs: dialog.getByLabel('Runs from a JSON file'),
  };
}

async function names(page: Page): Promise<string[]> {
  await goTo(page, 'Runs');
  return page.locator('.runs tr[data-run] th').allInnerTexts();
}

test('two curves of two runs, epochs that begin anew, a step that stands twice', async ({ page }) => {
  const { dialog, log, runs } = await openImport(page);
  const read = dialog.locator('.log-runs li');

  await log.setInputFiles(cases('logs/wandb-two-metrics.csv'));
  await expect(read).toHaveText([
    'a 2 points, steps 50 to 100, training loss 1.4 at the end, 2 tests',
    'b 2 points, steps 50 to 100, training loss 1.5 at the end, 2 tests',
  ]);
  await expect(dialog.getByText('8 columns of extremes (__MIN, __MAX) are left out.')).toBeVisible();
  await button(page, 'Draw these 2 runs').click();
  await expect(dialog.getByText('wandb-two-metrics.csv: 2 runs are on the charts now.')).toBeVisible();

  await log.setInputFiles(cases('logs/keras-append-epoch0.csv'));
  await expect(
    dialog.getByText(/The count begins anew once, first in line 5: what follows is appended/),
  ).toBeVisible();
  await expect(read).toContainText(['5 points, steps 391 to 1,955, training error 79.6% at the end']);
  await dialog.getByLabel('A step that comes again').selectOption('begins another run');
  await expect(read).toContainText(['3 points, steps 391 to 1,173', '2 points, steps 391 to 782']);
  await dialog.getByLabel('A step that comes again').selectOption('goes on from the row before');
  await button(page, 'Draw this run').click();

  await log.setInputFiles(cases('logs/lightning-val-step0.csv'));
  await expect(dialog.getByText(/at step 0 once more, so it stands there twice/)).toBeVisible();
  await button(page, 'Let \u201cepoch\u201d count').click();
  await expect(read).toContainText(['2 points, steps 391 to 782, training loss 1.38 at the end, 2 tests']);
  await button(page, 'Leave it').click();

  // Either field takes a file for what it is.
  await runs.setInputFiles(cases('logs/trainer_state.json'));
  await expect(
    dialog.getByText(/JSON of another program; the records under .log_history. are the rows/),
  ).toBeVisible();
  await expect(read).toContainText(['one test, test error 39.0% at the end']);
  await button(page, 'Leave it').click();
  await log.setInputFiles(cases('hostile/proto.json'));
  await expect(dialog.getByText('proto.json: one run is on the charts now.')).toBeVisible();

  await button(page, 'Close').click();
  await expect
    .poll(async () => (await names(page)).map((name) => name.trim()))
    .toEqual(expect.arrayContaining(['a (imported)', 'b (imported)', 'keras-append-epoch0 (imported)']));
  await goTo(page, 'Lab');
  await show(page, 'Loss');
  const chart = page.locator('[data-chart="loss"]');
  await chart.scrollIntoViewIfNeeded();
  await setTable(page, true);
  const cells = page
    .getByRole('group', { name: 'Loss of every lane, as drawn' })
    .locator('td[data-split="test"][data-value]');
  const shown = () => cells.evaluateAll((all) => all.map((one) => Number(one.getAttribute('data-value'))));
  await expect.poll(shown).toEqual(expect.arrayContaining([1.8, 1.6, 2, 1.7]));
});

test('a large file says how far it is read, can be left, and holds nothing up', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'large-log-'));
  try {
    const file = join(folder, 'large.csv');
    const rows = 4_000_000;
    const out = openSync(file, 'w');
    writeSync(out, 'step,train_loss,val_acc\n');
    for (let from = 1; from <= rows; from += 50_000) {
      const lines = Array.from({ length: 50_000 }, (_, i) => `${from + i},${2 / (from + i)},`);
      writeSync(out, `${lines.join('\n')}\n`);
    }
    closeSync(out);
    const { dialog, log } = await openImport(page);
    await log.setInputFiles(file);
    await expect(dialog.getByRole('progressbar')).toHaveAccessibleName(
      /^Reading large.csv: \d+\.\d of \d+\.\d MB$/,
    );
    await expect
      .poll(() => dialog.getByRole('progressbar').getAttribute('value').then(Number))
      .toBeGreaterThan(0);
    await button(page, 'Cancel').click();
    await expect(dialog.getByText('large.csv was not read to its end. Nothing has changed.')).toBeVisible();

    await log.setInputFiles(cases('hostile/digits.csv'));
    await expect(
      dialog.getByText(/Line 3 of digits.csv has .1{29}.. in the column .loss., which is no number/),
    ).toBeVisible();
    await log.setInputFiles({
      name: 'wide.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(Array.from({ length: 50_000 }, (_, i) => `c${i}`).join(',')),
    });
    await expect(dialog.getByRole('alert')).toContainText(
      'names more than 1,000 columns, and no more are read',
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
