/** The page's frame: leaving, forced colours, narrow windows, other languages. */
import { expect, test } from 'playwright/test';
import { button, ended, goTo, opened, openSettings, setTable, SHORT, trained } from './framePage.ts';

test('where nothing can be kept, leaving asks as long as runs are unsaved, and only then', async ({
  page,
}) => {
  await page.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined }));
  let asked = 0;
  page.on('dialog', (dialog) => {
    asked += dialog.type() === 'beforeunload' ? 1 : 0;
    void dialog.dismiss();
  });
  /** Tries to close the page, which is dismissed if it asks. */
  const wouldAsk = () =>
    page.evaluate(() => {
      const event = new Event('beforeunload', { cancelable: true });
      dispatchEvent(event);
      return event.defaultPrevented;
    });
  await opened(page, SHORT);
  expect(await wouldAsk()).toBe(false);
  // Runs that came with the page are no loss.
  await goTo(page, 'Runs');
  await page.getByRole('radio', { name: /^Recorded/ }).check();
  await page.locator('.recordings input').first().click(); // It is checked when its file has come.
  await expect(page.locator('.runs tbody tr')).toHaveCount(1, { timeout: 60_000 });
  await page.getByRole('radio', { name: /^All/ }).check();
  await goTo(page, 'Lab');
  expect(await wouldAsk()).toBe(false);

  await trained(page);
  await ended(page);
  expect(await wouldAsk()).toBe(true);
  await page.evaluate(() => location.reload());
  await expect.poll(() => asked).toBe(1);
  await expect(page.locator('.lane').first()).toHaveAttribute('data-step', '30');

  // Ways within the page lose nothing.
  await page.evaluate(() => (location.hash = '#curves'));
  await page.goBack();
  await expect(page.locator('.lane').first()).toHaveAttribute('data-step', '30');
  expect(asked).toBe(1);

  // One run saved of two is not all.
  await goTo(page, 'Runs');
  await page.locator('.runs tbody input[type="checkbox"]').nth(1).check();
  const csv = page.waitForEvent('download');
  await page.locator('.runs-selection').getByRole('button', { name: 'CSV' }).click();
  await csv;
  expect(await wouldAsk()).toBe(true);
  await button(page, 'Export, import').click();
  const json = page.waitForEvent('download');
  await button(page, 'Runs as JSON').click();
  await json;
  expect(await wouldAsk()).toBe(false);
  await page.reload();
  expect(asked).toBe(1);
});

test('in forced colours every state can be seen', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await opened(page);
  await trained(page);
  const colors = await page.evaluate(() => {
    const style = (selector: string) => getComputedStyle(document.querySelector(selector)!);
    const canvas = getComputedStyle(document.body).backgroundColor;
    return {
      canvas,
      theme: style('.segments label:has(:checked)').backgroundColor,
      bar: style('.bar > div').backgroundColor,
      barEdge: style('.lane .bar').borderTopColor,
      track: style('.tools input[type="range"]').backgroundImage,
      dot: style('.chip i').borderTopColor,
      marker: style('.lane-mark path').stroke,
    };
  });
  const { canvas, track, ...seen } = colors;
  expect(track).toContain('linear-gradient');
  for (const [what, color] of Object.entries(seen)) expect(color, what).not.toBe(canvas);
});

test('at 320 px nothing scrolls sideways, dialogs neither', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await opened(page);
  await trained(page);
  const tooWide = () =>
    page.evaluate(() => {
      const roots = [document.documentElement, ...document.querySelectorAll('dialog[open]')];
      return roots
        .filter((root) => root.scrollWidth > root.clientWidth + 1)
        .map((root) => root.outerHTML.slice(0, 80));
    });
  expect(await tooWide()).toEqual([]);
  for (const name of ['Other questions', 'Export, import', 'Words and keyboard shortcuts']) {
    // Where there is no room for it.
    if (name === 'Export, import') await page.getByText('More', { exact: true }).click();
    await button(page, name).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.waitForTimeout(300);
    expect(await tooWide(), name).toEqual([]);
    await page.keyboard.press('Escape');
  }
  await openSettings(page);
  await setTable(page, true);
  await page
    .locator('.settings details')
    .evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
  await expect(page.locator('.cost-table')).toBeVisible();
  expect(await tooWide()).toEqual([]);
});

test('Train moves nothing', async ({ page }) => {
  await opened(page);
  const tops = () =>
    page.evaluate(() =>
      ['.lanes', '.lanes-add', '.tabs', '.charts', '.chart-main', '.verdict'].map(
        (selector) => document.querySelector(selector)!.getBoundingClientRect().top,
      ),
    );
  // Estimates have come by then.
  await expect(page.locator('.costs')).toContainText('about', { timeout: 60_000 });
  const before = await tops();
  await button(page, 'Train').click();
  await expect(button(page, 'Stop')).toBeVisible();
  expect(await tops()).toEqual(before);
});

test.describe('in a German browser', () => {
  test.use({ locale: 'de-DE' });
  test('numbers are of the language that the page speaks', async ({ page }) => {
    await opened(page, './?backend=wasm#e=1p20,r56');
    expect(await page.evaluate(() => (1.5).toLocaleString())).toBe('1,5');
    await expect(page.locator('.costs')).toContainText(/about \d+(h|m|s)/, { timeout: 60_000 });
    await expect(page.locator('.costs')).toContainText(/\d\.\d+\sMB|\d+\sMB/);
    await openSettings(page);
    await expect(page.locator('.settings')).toContainText('64,000 steps');
    await expect(page.locator('main')).not.toContainText(/Sek|Min\.|Std/);
  });
});
