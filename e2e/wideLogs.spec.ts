/** Logs of very many columns: their lists hold few, and every column is found. */
import { expect, test, type Page } from 'playwright/test';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function open(page: Page, names: readonly string[]) {
  await page.goto('./#e=1p8x4;n60;b32;x');
  await button(page, 'Export, import').click();
  const dialog = page.getByRole('dialog', { name: 'Export and import' });
  const row = (step: number) => names.map((_, i) => (i === 0 ? step : (i * step) / 10_000)).join(',');
  await dialog.getByLabel('Log of another program, or of this page (CSV)').setInputFiles({
    name: 'wide.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from([names.join(','), row(1), row(2)].join('\n')),
  });
  return { dialog, read: dialog.locator('.log-runs li') };
}

test('990 columns of one run: any of them is found by its name and drawn', async ({ page }) => {
  const names = ['step', 'train_loss', ...Array.from({ length: 988 }, (_, i) => `norm/layer${i}`)];
  const { dialog, read } = await open(page, names);
  await expect(read).toHaveText(['wide 2 points, steps 1 to 2, training loss 0.0002 at the end']);
  const lists = dialog.locator('.log-columns select');
  const longest = await lists.evaluateAll((all) => Math.max(...all.map((one) => one.querySelectorAll('option').length))); // prettier-ignore
  expect(longest).toBeLessThan(80);

  const find = dialog.getByLabel('Find a column by name');
  await find.fill('layer98');
  await expect(dialog.getByText('9 columns have these words in their names.')).toBeVisible();
  const loss = dialog.getByLabel('Training loss', { exact: true });
  await loss.selectOption('norm/layer980');
  await expect(read).toHaveText(['wide 2 points, steps 1 to 2, training loss 0.1964 at the end']);
  // What was chosen stays in its list, whatever is looked for next.
  await find.fill('no such column');
  await expect(dialog.getByText('No column has these words in its name.')).toBeVisible();
  await expect(loss.locator('option:checked')).toHaveText('norm/layer980');
  await button(page, 'Draw this run').click();
  await expect(dialog.getByText('wide.csv: one run is on the charts now.')).toBeVisible();
});

test('990 columns of runs side by side: their fields are shown some at a time, curves first', async ({
  page,
}) => {
  const curves = Array.from({ length: 3 }, (_, i) => `run-${i} - train/loss`);
  const names = ['Step', ...Array.from({ length: 986 }, (_, i) => `run-${i % 3} - norm${i}`), ...curves];
  const { dialog, read } = await open(page, names);
  await expect(read).toHaveCount(3);
  const fields = dialog.locator('.log-wide select');
  await expect(fields).toHaveCount(40);
  await expect(dialog.locator('.log-wide label').first()).toHaveText('run-0 - train/loss');
  await dialog.getByLabel('Columns shown').selectOption('961 to 989 of 989');
  await expect(fields).toHaveCount(29);

  await dialog.getByLabel('Find a column by name').fill('norm98');
  await expect(fields).toHaveCount(7);
  await dialog.getByLabel('run-2 - norm980', { exact: true }).selectOption('Test loss');
  await expect(read.filter({ hasText: '2 tests' })).toHaveCount(1);
  await dialog.getByLabel('run-2 - norm980', { exact: true }).selectOption('left out');
  await expect(read.filter({ hasText: '2 tests' })).toHaveCount(0);
});
