/** Views into nets on WebGPU, without a GPU: those of small nets that take a moment there. */
import { expect, test } from 'playwright/test';
import { SOFTWARE_WEBGPU } from '../scripts/browser.ts';
import { button, ended } from './framePage.ts';

test.use({
  launchOptions: async ({ launchOptions }, use) => {
    await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...SOFTWARE_WEBGPU] });
  },
});

test('on WebGPU every kind of computation answers', { tag: '@alone' }, async ({ page }) => {
  test.setTimeout(180_000);
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.goto('./?backend=webgpu#e=1p8x1,r8x1;n4;b4;x');
  await button(page, 'Train').click();
  await ended(page);
  await expect(page.getByText('WebGPU was asked for')).toHaveCount(0);
  await page.getByRole('tab', { name: 'Inside' }).click();
  const view = page.locator('.inside-view');
  // Gradients in training and in evaluation, activations, and a whole net in evaluation.
  for (const name of ['Signal by depth', 'What it looks at', 'Weights and activations', 'By construction']) {
    await test.step(name, async () => {
      await page.locator('.inside-views').getByRole('button', { name: new RegExp(`^${name}`) }).click(); // prettier-ignore
      const look = view.getByRole('button', { name: 'Look', exact: true });
      const begun = view.locator('.view-summary, .view-tools progress').first();
      await expect(look.or(begun).first()).toBeVisible({ timeout: 60_000 });
      if (await look.isVisible()) await look.click();
      await expect(view.locator('.view-summary')).toContainText(/\w/, { timeout: 60_000 });
      await expect(view.locator('.view-tools progress')).toHaveCount(0, { timeout: 60_000 });
      await expect(view.getByRole('alert')).toHaveCount(0);
    });
  }
  expect(errors).toEqual([]);
});
