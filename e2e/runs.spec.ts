/** Runs that stay: the table, repetitions, and what is taken from it and brought back. Real CIFAR-10, real training. */
import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from 'playwright/test';
import { ended, goTo, setTable } from './framePage.ts';

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const table = (page: Page) => page.getByRole('region', { name: /^Runs of this page/ });
/** In the place of runs. */
async function names(page: Page): Promise<string[]> {
  await goTo(page, 'Runs');
  return page.locator('.runs tr[data-run] th[scope=row]').allInnerTexts();
}
/** In the lab. */
async function legend(page: Page): Promise<string[]> {
  await goTo(page, 'Lab');
  await expect(page.locator('.chart-surface')).toBeVisible({ timeout: 60_000 });
  return page.locator('.legend-lane').allInnerTexts();
}
const cell = (page: Page, row: number, column: string) =>
  page.locator('.runs tbody tr').nth(row).locator(`td[data-column="${column}"]`);
const summary = (page: Page) => page.locator('.runs-summary');

/** Presses Train, or another button that trains, and waits until every run is over. */
async function train(page: Page, name = 'Train'): Promise<void> {
  await goTo(page, 'Lab');
  await button(page, name).click();
  await expect(button(page, 'Stop')).toBeVisible();
  await ended(page);
}

async function saved(page: Page, name: string): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, name).click()]);
  return readFileSync(await download.path());
}

/** Whether something of the chart's canvas is painted, in the share of all its pixels. */
const painted = (page: Page) =>
  page.locator('[data-chart="error"] canvas').evaluateAll((canvases) =>
    canvases.reduce((sum, node) => {
      if (!(node instanceof HTMLCanvasElement)) return sum;
      const { data } = node.getContext('2d')!.getImageData(0, 0, node.width, node.height);
      return sum + data.filter((value, i) => i % 4 === 3 && value > 0).length;
    }, 0),
  );

test('runs of two trainings stay, are compared, hidden, found, sorted, grouped, deleted and brought back', async ({
  page,
}) => {
  await page.goto('./#e=1p8x4,p14x4;n60;b32;x');
  await train(page);
  await expect.poll(() => names(page)).toEqual(['plain-8', 'plain-14']);
  await expect(summary(page)).toHaveText('depth 8 \u2192 14; everything else is equal.');

  await test.step('another training adds its runs, and the next seed is a repetition', async () => {
    await train(page, 'Train again');
    await expect.poll(() => names(page)).toEqual(['plain-8 (2)', 'plain-14 (2)', 'plain-8', 'plain-14']);
    await expect(summary(page)).toHaveText(
      'depth 8 \u2192 14 and seed 1 \u2192 2; everything else is equal.',
    );
    // The legend lists the runs that are not on the stage, whose lanes stand beside.
    await expect.poll(() => legend(page)).toEqual(['plain-8', 'plain-14']);
  });

  await test.step('rename', async () => {
    await goTo(page, 'Runs');
    await button(page, 'Rename plain-8').click();
    await page.getByRole('textbox', { name: 'Rename plain-8' }).fill('the shallow one');
    await page.keyboard.press('Enter');
    await expect.poll(() => names(page)).toContain('the shallow one');
    await expect.poll(() => legend(page)).toContain('the shallow one');
  });

  await test.step('the eye takes a run off the charts and their tables', async () => {
    await goTo(page, 'Lab');
    const chart = page.locator('[data-chart="error"]');
    await chart.scrollIntoViewIfNeeded();
    const headings = page.locator('.curve-table').first().locator('thead th');
    await setTable(page, true);
    await expect(headings.filter({ hasText: 'the shallow one' })).not.toHaveCount(0);
    await expect.poll(() => painted(page)).toBeGreaterThan(0);
    const whole = await painted(page);
    await goTo(page, 'Runs');
    await button(page, 'Show the shallow one on the charts').click();
    await goTo(page, 'Lab');
    await setTable(page, true);
    await expect(headings.filter({ hasText: 'the shallow one' })).toHaveCount(0);
    await chart.scrollIntoViewIfNeeded();
    await expect(chart.locator('.end-name', { hasText: 'the shallow one' })).toHaveCount(0);
    await expect.poll(() => painted(page)).not.toBe(whole);
    await expect(page.locator('.legend-lane', { hasText: 'the shallow one' })).toHaveAttribute(
      'aria-pressed',
      'false',
    );
    await goTo(page, 'Runs');
    await button(page, 'Show the shallow one on the charts').click();
    await goTo(page, 'Lab');
    await setTable(page, true);
    await expect(headings.filter({ hasText: 'the shallow one' })).not.toHaveCount(0);
    await goTo(page, 'Runs');
  });

  await test.step('filter, sort, differences only', async () => {
    await page.getByLabel('Filter runs').fill('depth 14');
    await expect.poll(() => names(page)).toEqual(['plain-14 (2)', 'plain-14']);
    await expect(summary(page)).toHaveText('seed 1 \u2192 2; everything else is equal.');
    await page.getByLabel('Filter runs').fill('');
    const head = (name: string) => table(page).getByRole('columnheader', { name: new RegExp(`^${name}`) });
    await head('Depth').getByRole('button', { name: 'Depth', exact: true }).click();
    await head('Depth').getByRole('button', { name: 'Depth', exact: true }).click();
    await expect(head('Depth')).toHaveAttribute('aria-sort', 'descending');
    expect(await names(page)).toEqual(['plain-14 (2)', 'plain-14', 'plain-8 (2)', 'the shallow one']);
    await head('Depth').getByRole('button', { name: 'Depth', exact: true }).click();
    await expect(head('Batch')).toHaveCount(0);
    await page.getByLabel('Differences only').uncheck();
    await expect(head('Batch')).toHaveCount(1);
    await expect(cell(page, 0, 'Batch')).toHaveText('32');
    await page.getByLabel('Differences only').check();
  });

  await test.step('repetitions are one row, mean and deviation, and one curve', async () => {
    await page.getByLabel('Group by configuration').check();
    await expect(page.locator('.runs tr[data-group]')).toHaveCount(2);
    await expect(page.locator('.runs tr[data-group] th').last()).toHaveText('plain-14, 2 seeds');
    await expect(cell(page, 1, 'Training error')).toHaveText(/^\d+\.\d% \u00b1 \d+\.\d$/);
    await expect(cell(page, 1, 'Seed')).toHaveText('1, 2');
    // Each group has a run of the present experiment.
    await expect.poll(() => legend(page)).toEqual([]);
    const named = page.locator('[data-chart="error"] .end-name');
    await expect
      .poll(async () => (await named.allTextContents()).toSorted())
      .toEqual(['plain-14 \u00d72', 'the shallow one \u00d72']);
    await goTo(page, 'Runs');
    await button(page, 'Seeds of plain-14').click();
    await expect.poll(() => names(page)).toEqual(['plain-14', 'plain-14 (2)']);
    await page.getByLabel('Group by configuration').uncheck();
  });

  await test.step('several at once: hide, show, delete, and undo', async () => {
    await page.getByLabel('Select plain-14', { exact: true }).check();
    await page.getByLabel('Select plain-14 (2)').check();
    const bulk = page.getByRole('group', { name: '2 selected' });
    await bulk.getByRole('button', { name: 'Hide' }).click();
    await expect(page.locator('.runs tr[data-run][data-hidden=true]')).toHaveCount(2);
    await bulk.getByRole('button', { name: 'Show' }).click();
    await expect(page.locator('.runs tr[data-run][data-hidden=true]')).toHaveCount(0);
    await bulk.getByRole('button', { name: 'Delete' }).click();
    await expect.poll(() => names(page)).toEqual(['plain-8 (2)', 'the shallow one']);
    await expect(page.getByText('2 runs are deleted.')).toBeVisible();
    await page.locator('.runs-deleted').getByRole('button', { name: 'Undo' }).click();
    await expect
      .poll(() => names(page))
      .toEqual(['plain-8 (2)', 'plain-14 (2)', 'the shallow one', 'plain-14']);
  });

  await test.step('the selection as CSV and JSON', async () => {
    await page.getByLabel('Select plain-14', { exact: true }).check();
    const json = JSON.parse((await saved(page, 'JSON')).toString()) as {
      runs: { name: string; series: { error: number[] } }[];
    };
    expect(json.runs.map(({ name, series }) => [name, series.error.length])).toEqual([['plain-14', 60]]);
    const csv = (await saved(page, 'CSV')).toString();
    expect(csv.trimEnd().split('\r\n')).toHaveLength(61);
    const errors = csv.trimEnd().split('\r\n').slice(1).map((line) => Number(line.split(',')[7])); // prettier-ignore
    expect(errors).toEqual(json.runs[0]!.series.error);

    // What was just saved comes back by the guesses alone.
    await button(page, 'Export, import').click();
    const dialog = page.getByRole('dialog', { name: 'Export and import' });
    const chooser = dialog.getByLabel('Log of another program, or of this page (CSV)');
    await chooser.setInputFiles({ name: 'mine.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await expect(dialog.getByText(/60 points, steps 1 to 60/)).toBeVisible();
    await button(page, 'Draw this run').click();
    await expect(dialog.getByText('mine.csv: one run is on the charts now.')).toBeVisible();
    await button(page, 'Close').click();
    await expect.poll(() => names(page)).toContain('plain-14 (imported)');
    await expect(summary(page)).toContainText('The settings of one run are not known.');
  });
});

test('a log of another program: what its columns mean is guessed, corrected, and what is wrong is said', async ({
  page,
}) => {
  await page.goto('./#e=1p8x4;n60;b32;x');
  await button(page, 'Export, import').click();
  const dialog = page.getByRole('dialog', { name: 'Export and import' });
  const chooser = dialog.getByLabel('Log of another program, or of this page (CSV)');
  const give = (text: string) =>
    chooser.setInputFiles({ name: 'keras.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });

  await give('epoch,loss\n1,2\n2\n');
  await expect(dialog.getByRole('alert')).toContainText('Line 3 of keras.csv has 1 fields');
  await expect(dialog.getByRole('alert')).toContainText('What was on the page is still there.');

  await give('who;epoch;score;val_accuracy\nA;0;70,5;0,3\nA;1;60;0,4\nB;0;80;0,2\nB;1;75;0,25\n');
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  await expect(dialog.getByRole('heading', { name: 'What do the columns of keras.csv mean?' })).toBeVisible();
  await expect(dialog.getByLabel('Told apart by').locator('option:checked')).toHaveText('who');
  await dialog.getByLabel('Training error or accuracy', { exact: true }).selectOption('score');
  const measure = dialog.getByLabel('Training error or accuracy is');
  await expect(measure.locator('option:checked')).toHaveText('an error in %');
  await measure.selectOption('an error, 0 to 1');
  await expect(
    dialog.getByText(/Line 2 of keras.csv has \u201c70,5\u201d .* no share of images/),
  ).toBeVisible();
  await measure.selectOption('an error in %');
  await dialog.getByLabel('Steps in an epoch').fill('100');
  await expect(dialog.locator('.log-runs li')).toHaveText([
    'A 2 points, steps 100 to 200, training error 60.0% at the end, 2 tests, test error 60.0% at the end',
    'B 2 points, steps 100 to 200, training error 75.0% at the end, 2 tests, test error 75.0% at the end',
  ]);
  expect((await new AxeBuilder({ page }).include('dialog').analyze()).violations).toEqual([]);
  await button(page, 'Draw these 2 runs').click();
  await button(page, 'Close').click();
  await expect.poll(() => names(page)).toEqual(['A (imported)', 'B (imported)']);
  await expect(cell(page, 0, 'Test error')).toHaveText('60.0%');
  await goTo(page, 'Lab');
  const chart = page.locator('[data-chart="error"]');
  await chart.scrollIntoViewIfNeeded();
  await setTable(page, true);
  const cells = page.locator('.curve-table').first().locator('td[data-split="training"][data-value]');
  await expect
    .poll(() => cells.evaluateAll((all) => all.map((one) => Number(one.getAttribute('data-value')))))
    .toEqual([0.705, 0.8, 0.6, 0.75]);
});

test('by keyboard alone: rename, hide, select, delete, undo, import', async ({ page }) => {
  await page.goto('./#e=1p8x4,p14x4;n20;b32;x');
  await train(page);
  await expect.poll(() => names(page)).toHaveLength(2);
  const press = async (name: string, role: 'button' | 'checkbox' = 'button', key = 'Enter') => {
    const target = page.getByRole(role, { name, exact: true });
    await target.focus();
    await expect(target).toBeFocused();
    await page.keyboard.press(key);
  };
  await press('Rename plain-8');
  await page.keyboard.type('mine');
  await page.keyboard.press('Enter');
  await expect.poll(() => names(page)).toEqual(['mine', 'plain-14']);
  await press('Show mine on the charts');
  await expect(page.locator('.runs tr[data-run][data-hidden=true]')).toHaveCount(1);
  await press('Select mine', 'checkbox', 'Space');
  await press('Delete');
  await expect.poll(() => names(page)).toEqual(['plain-14']);
  await page.locator('.runs-deleted').getByRole('button', { name: 'Undo' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => names(page)).toEqual(['mine', 'plain-14']);

  await press('Export, import');
  const dialog = page.getByRole('dialog', { name: 'Export and import' });
  const text = 'step,loss,acc\n1,2.3,0.1\n2,2.2,0.2\n';
  const file = dialog.getByLabel('Log of another program, or of this page (CSV)');
  await file.setInputFiles({ name: 'log.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await expect(button(page, 'Draw this run')).toBeEnabled();
  // Tab leads from the file through the questions to the answer.
  await file.focus();
  const draw = button(page, 'Draw this run');
  for (let i = 0; i < 30 && !(await draw.evaluate((it) => it === document.activeElement)); i++) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect.poll(() => names(page)).toEqual(['log (imported)', 'mine', 'plain-14']);
});
