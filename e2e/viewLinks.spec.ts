/** A link opens a view with its settings; a layer that is chosen there by keyboard is chosen in the others, and in the link. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from 'playwright/test';

test('a link shows a view as it was; a layer is chosen by keyboard, everywhere; what is damaged is said', async ({
  page,
}) => {
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  const experiment = '#e=1p14x1,r14x1;n2;b4;x';
  await page.goto(`./?backend=wasm${experiment}&view=1architecture;qequal_sfolded;na1_d1&utm_source=mail`);
  const inside = page.locator('.inside');
  const summary = page.locator('.view-summary');
  await expect(summary).toContainText('ResNet-14: 14 layers with weights');
  await expect(summary).not.toContainText('plain-14');
  await expect(page.getByRole('radio', { name: 'folded' })).toBeChecked();
  await expect(page).toHaveURL(/;x&view=1architecture;qequal_sfolded;na1_d1$/);

  const slider = page.getByRole('slider', { name: 'Layer' });
  await slider.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(slider).toHaveAttribute('aria-valuetext', /^layer3\.1\.conv2,/);
  await expect(page.locator('.layer-facts')).toContainText('the shortcut added');
  expect((await new AxeBuilder({ page }).include('.inside').analyze()).violations).toEqual([]);
  await expect(page).toHaveURL(/;llayer3\.1\.conv2$/);

  await page.getByRole('button', { name: /^Signal by depth/ }).press('Enter');
  await expect(page.locator('.layer-dot')).toHaveCount(2, { timeout: 60_000 });
  await page.getByRole('radio', { name: 'by size' }).check();
  await expect(page).toHaveURL(/&view=1signal;qorder_ssize;na1_d1;llayer3\.1\.conv2$/);
  await page.getByRole('button', { name: /^Weights and activations/ }).click();
  await expect(page.locator('.layer-mark')).toHaveCount(1, { timeout: 60_000 });
  await page.getByRole('radio', { name: 'the moments of one layer' }).check();
  await expect(page.getByRole('combobox', { name: 'Layer' })).toHaveValue('layer3.1.conv2');
  await page.getByRole('combobox', { name: 'Layer' }).selectOption('conv1');
  await expect(inside.locator('.inside-layer')).toContainText('conv1');
  // The last of the row, in a row that becomes narrower.
  const chosen = page.getByRole('button', { name: /^Weights and activations/ });
  const size = page.viewportSize()!;
  for (const width of [360, 768]) {
    await page.setViewportSize({ ...size, width });
    await expect(chosen).toBeInViewport({ ratio: 0.99 });
  }
  await page.setViewportSize(size);

  // The address follows a little later. Following it brings everything back.
  await expect(page).toHaveURL(/&view=1weights;qacross_stime;na1_d1;lconv1$/);
  const link = page.url();
  await page.goto('./?backend=wasm#/lab');
  await page.goto(link);
  await page.reload();
  await expect(page.getByRole('combobox', { name: 'Layer' })).toHaveValue('conv1');
  await page.getByRole('tab', { name: 'Curves' }).click();
  await expect(page).toHaveURL(/;x$/);

  await page.goto(`./?backend=wasm${experiment}&view=1architecture;qequal_w`);
  await page.reload();
  await expect(inside.getByRole('alert')).toContainText('The experiment of the link is here');
  await expect(page.locator('.lane b')).toHaveText(['plain-14', 'ResNet-14']);
  expect(errors).toEqual([]);
});
