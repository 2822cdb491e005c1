/** A comparison from its link to the next experiment, as a person makes it. Real CIFAR-10, real training. */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from 'playwright/test';
import { goTo, TRAIN } from './framePage.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const legend = (page: Page, name: string) =>
  page.getByRole('group', { name: /^Other runs/ }).getByRole('button', { name, exact: true });
const row = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('button', { name: `Rename ${name}`, exact: true }) });
const label = (page: Page, name: string) =>
  page.locator('[data-chart="error"] .end-name').filter({ hasText: name });
const errorTicks = (page: Page) =>
  page.locator('[data-chart="error"] [data-ticks="x"] text').allTextContents();
const done = (page: Page) =>
  expect(page.locator('.button-main', { hasText: TRAIN })).toBeVisible({ timeout: 150_000 });

/** A shallow and a deep plain net, small enough for a minute on a processor, and a rate that drops. */
const LINK = './#e=1p8x4,p56x4;n120;b16;a;r0.1_90;t60_100;x';

test('verdict, marks, eyes, names, deletions, recordings, references, a second experiment', async ({
  page,
}) => {
  test.setTimeout(400_000);
  await page.goto(LINK);
  await expect(page.getByText('Your own experiment')).toBeVisible();
  await button(page, 'Train').click();

  await test.step('a pause is marked on the charts', async () => {
    const status = page.locator('.lane').first();
    await expect(status).toContainText(/step [1-9]/, { timeout: 120_000 });
    await button(page, 'Pause').click();
    await expect(button(page, 'Resume')).toBeVisible();
    await expect(page.locator('[data-chart="error"] .chart-mark text', { hasText: 'paused' })).toHaveCount(1);
    await button(page, 'Resume').click();
  });

  await test.step('the verdict says a gap in numbers, and offers another seed', async () => {
    await done(page);
    const verdict = page.locator('.verdict');
    await expect(verdict).toContainText(/Plain-56 makes \d+\.\d points more errors/);
    await expect(verdict).toContainText(/training error \d+\.\d% against \d+\.\d%/);
    await expect(verdict).toContainText('One run only');
    const readOut = page.getByRole('status', { name: /verdict/i });
    await expect(readOut).toHaveAttribute('data-has-verdict', 'true');
    await expect(readOut).toContainText('In training error plain-56 is behind plain-8.');
    await expect(button(page, 'Train again')).toBeVisible();
  });

  await test.step('the drop of the rate is marked, and the small charts have their lines', async () => {
    await expect(page.locator('[data-chart="error"] .chart-mark text', { hasText: 'rate 0.01' })).toHaveCount(
      1,
    );
    await button(page, 'All measures').click();
    for (const quantity of ['loss', 'gap', 'speed', 'rate']) {
      const small = page.locator(`[data-chart="${quantity}"]`);
      await small.scrollIntoViewIfNeeded();
      await expect(small.locator('[data-end-label="p8x4"], .end-name').first()).toBeVisible();
    }
    await expect(page.locator('[data-chart="rate"] figcaption')).toContainText('0.01');
  });

  await test.step('the eye of the table takes a run off the charts', async () => {
    const eye = row(page, 'plain-56').getByRole('button', { name: /^Show plain-56/ }); // prettier-ignore
    await goTo(page, 'Runs');
    await eye.click();
    await goTo(page, 'Lab');
    await expect(label(page, 'plain-56')).toHaveCount(0);
    await goTo(page, 'Runs');
    await eye.click();
    await expect(eye).toHaveAttribute('aria-pressed', 'true');
    await goTo(page, 'Lab');
    await expect(label(page, 'plain-56')).toHaveCount(1);
  });

  await test.step('a new name is used everywhere, in files too', async () => {
    await goTo(page, 'Runs');
    await button(page, 'Rename plain-56').click();
    await page.keyboard.type('deep');
    await page.keyboard.press('Enter');
    await goTo(page, 'Lab');
    await expect(label(page, 'deep')).toHaveCount(1);
    await expect(page.locator('.verdict')).toContainText(/Deep makes \d/);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      button(page, 'Save the chart \u201cError, %\u201d as SVG').click(),
    ]);
    expect(readFileSync(await download.path()).toString()).toContain('>deep<');
  });

  await test.step('a deleted run is gone everywhere, and undo brings it back', async () => {
    await goTo(page, 'Runs');
    await page.getByRole('checkbox', { name: 'Select deep' }).check();
    await button(page, 'Delete').click();
    await goTo(page, 'Lab');
    await expect(label(page, 'deep')).toHaveCount(0);
    await goTo(page, 'Runs');
    await page.locator('.runs-deleted').getByRole('button', { name: 'Undo' }).click();
    await goTo(page, 'Lab');
    await expect(label(page, 'deep')).toHaveCount(1);
  });

  await test.step('the paper\u2019s numbers stand behind, when wanted', async () => {
    const reference = page.locator('[data-chart="error"] .chart-overlay text', { hasText: 'paper' });
    await expect(reference).toHaveCount(0);
    await page.getByText('More', { exact: true }).click();
    await page.getByLabel(/^The paper/).check();
    await expect(reference.first()).toBeVisible();
    await page.getByLabel(/^The paper/).uncheck();
    await page.keyboard.press('Escape');
  });

  await test.step('recorded runs stand behind, one zoom away from the live ones, and leave again', async () => {
    await goTo(page, 'Runs');
    await page.getByRole('radio', { name: /^Recorded/ }).check();
    await button(page, 'Show all').click();
    await expect(page.getByRole('checkbox', { name: 'Show plain-56 recorded', exact: true })).toBeChecked();
    await goTo(page, 'Lab');
    await expect(label(page, 'plain-56 recorded \u00d72')).toHaveCount(1);
    await expect(label(page, 'plain-56 recorded \u00d72')).toHaveAttribute('data-faint', 'true');
    const entry = legend(page, 'plain-56 recorded \u00d72');
    // What is pointed at in the legend comes forward, and the others are dimmed.
    await entry.hover();
    const named = page.locator('[data-chart="error"] .end-label');
    // Its first seed stands for both; the longer recording is another curve, with a name that begins alike.
    const pointed = page.locator('[data-chart="error"] [data-end-label="recorded/plain-56-s1"]');
    await expect(pointed).not.toHaveAttribute('opacity', /./);
    await expect(named.filter({ hasText: /^deep/ })).toHaveAttribute('opacity', /^0/);
    await entry.click();
    await expect(entry).toHaveAttribute('aria-pressed', 'false');
    await expect(label(page, 'plain-56 recorded \u00d72')).toHaveCount(0);
    await entry.click();
    await page.mouse.move(5, 5);
    await page.locator('[data-chart="error"]').scrollIntoViewIfNeeded();
    await expect.poll(() => errorTicks(page)).toContain('15,000');
    await button(page, 'Zoom to this experiment').click();
    await expect.poll(() => errorTicks(page)).toContain('100');
    await button(page, 'Whole curves').click();
    await goTo(page, 'Runs');
    await button(page, 'Remove all').click();
    await page.getByRole('radio', { name: /^All/ }).check();
    await page.getByRole('checkbox', { name: 'Group by configuration' }).uncheck();
    await goTo(page, 'Lab');
    await expect(label(page, 'recorded')).toHaveCount(0);
  });

  await test.step('the next seed is drawn over the first; another recipe puts both aside, and says so', async () => {
    await button(page, 'Train again').click();
    await expect(label(page, 'plain-8 (2)')).toHaveCount(1);
    await expect(legend(page, 'plain-8')).toBeVisible();
    await expect(label(page, 'deep')).toHaveAttribute('data-faint', 'true');
    await button(page, 'Stop').click();
    await done(page);
    await button(page, 'Settings').click();
    await page
      .getByRole('group', { name: 'Shared by all lanes' })
      .getByText('Batch', { exact: true })
      .click();
    await page.getByLabel('Images in a batch').fill('8');
    await button(page, 'Train').click();
    await expect(page.getByText(/runs? with other settings/)).toBeVisible();
    await expect(label(page, 'deep')).toHaveCount(0);
    await button(page, 'Stop').click();
    await done(page);
    await page.getByRole('button', { name: /^Draw (it|them)$/ }).click();
    await expect(label(page, 'deep')).toHaveCount(1);
  });
});

test('a link that cannot be read explains itself, and leaves the default experiment', async ({ page }) => {
  await page.goto('./#e=1p19x4;n60');
  await expect(page.getByText(/link/i).first()).toBeVisible();
  await expect(page.locator('.lane').first()).toContainText('plain-20');
});
