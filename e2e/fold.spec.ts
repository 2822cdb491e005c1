/** The whole curve is seen without scrolling on a projector and on a tablet that lies: before, while and after nets train. */
import { expect, test } from 'playwright/test';
import { button } from './framePage.ts';

for (const [width, height] of [
  [1280, 720],
  [1024, 768],
] as const) {
  test(`at ${width} x ${height} the whole chart is in sight, and its axes are named`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.goto('./?backend=wasm#e=1p8x2,p14x2;n40;b16');
    const chart = page.locator('.chart-surface').first();
    const isSeen = async () => {
      await expect(chart).toBeInViewport({ ratio: 1 });
      await expect(page.locator('.chart-card h2').first()).toHaveText(/^Error, %/);
      await expect(page.locator('.chart-axis').first()).toHaveText('Step');
      expect(await page.evaluate(() => scrollY)).toBe(0);
    };
    await isSeen();
    const before = (await chart.boundingBox())!.y;
    await button(page, 'Train').click();
    await expect(button(page, 'Pause')).toBeEnabled();
    await isSeen();
    expect((await chart.boundingBox())!.y).toBe(before);
    await expect(button(page, 'Train again')).toBeVisible({ timeout: 60_000 });
    await isSeen();
    expect((await chart.boundingBox())!.y).toBe(before);
  });
}
