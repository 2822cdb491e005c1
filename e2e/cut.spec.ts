/** A block is cut out of nets on the page, by keyboard; the numbers come, and stand out where it is pressed. */
import { expect, test } from 'playwright/test';

test('blocks are removed in turn, pressed by keyboard, and the other studies are drawn', async ({ page }) => {
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.goto('./?backend=wasm#e=1p14x1,r14x1;n2;b4;x');
  await page.getByRole('tab', { name: 'Inside' }).click();
  await page.getByRole('button', { name: /^Cut, swap, dial/ }).click();
  const look = page.getByRole('button', { name: 'Look', exact: true });
  const summary = page.locator('.view-summary');
  const picture = page.locator('.view-picture');
  // It says what it costs before, or is computed at once.
  await expect(look.or(summary).first()).toBeVisible({ timeout: 60_000 });
  if (await look.isVisible()) await look.click();
  await expect(summary).toContainText('With one block removed', { timeout: 120_000 });
  await expect(summary).not.toContainText('So far', { timeout: 120_000 });

  const row = page.getByRole('group', { name: 'Blocks of ResNet-14' });
  await row.getByRole('button', { name: 'stage 1, block 1' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(row.getByRole('button', { name: 'stage 1, block 2' })).toHaveAttribute('aria-pressed', 'true');
  await expect(summary).toContainText('ResNet-14 without stage 1, block 2:');
  await expect(picture.locator('text', { hasText: /%.*\/.*%/ })).toHaveCount(1);
  // A plain block of stride 2 cannot be pressed.
  const fixed = page.getByRole('group', { name: 'Blocks of plain-14' }).getByRole('button', { name: /^stage 2, block 1/ }); // prettier-ignore
  await fixed.click({ force: true });
  await expect(fixed).not.toHaveAttribute('aria-pressed');

  for (const [study, said] of [
    ['the pressed blocks removed together', 'without 1'],
    ['blocks exchanged', 'in another order'],
    ['shortcuts turned down', 'has no shortcuts'],
  ] as const) {
    await page.getByRole('radio', { name: study }).check();
    await expect(look.or(summary).first()).toBeVisible({ timeout: 60_000 });
    if (await look.isVisible()) await look.click();
    await expect(summary).toContainText(said, { timeout: 120_000 });
    await expect(picture).toBeVisible();
  }
  expect(errors).toEqual([]);
});
