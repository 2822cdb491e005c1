/** The focus never falls to the document, whatever leaves or is locked. */
import { expect, test } from 'playwright/test';
import { button, ended, focused, goTo, opened } from './framePage.ts';

test('the focus never falls to the document', async ({ page }) => {
  await opened(page, './?backend=wasm#e=1p8x2,p14x2;n60;b16;x');
  const walk = async (name: string, act: () => Promise<void>, expected?: RegExp) =>
    test.step(name, async () => {
      await act();
      await expect.poll(() => focused(page)).toMatch(expected ?? /./);
    });
  /** As by keyboard. */
  const press = (name: string) => async () => {
    await button(page, name).focus();
    await page.keyboard.press('Enter');
  };
  /** By keyboard, from the net's chip to the entry of its menu that begins so. */
  const choose = (net: string, entry: string) => async () => {
    await button(page, `Menu of ${net}`).focus();
    await page.keyboard.press('ArrowDown');
    for (let i = 0; i < 12 && !(await focused(page)).startsWith(`BUTTON ${entry}`); i++)
      await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
  };
  await walk('twins', press('Add the same nets with shortcuts'), /Menu of ResNet-8/);
  await expect(page.locator('.lane')).toHaveCount(4);
  await walk('the choice of a net', press('+ net'), /Close/);
  await walk('put away', () => page.keyboard.press('Escape'), /\+ net/);
  await walk('the choice again', press('+ net'), /Close/);
  await walk(
    'a net more',
    async () => {
      await page.getByRole('dialog').getByRole('button', { name: '20', exact: true }).click();
      await press('Add ResNet-20')();
    },
    /Menu of ResNet-20/,
  );
  await walk('a copy', choose('ResNet-20', 'Duplicate'), /Menu of ResNet-20 \(2\)/);
  await walk('the copy leaves', choose('ResNet-20 (2)', 'Remove'), /Menu of ResNet-20/);
  await walk('the last leaves', choose('ResNet-20', 'Remove'), /Menu of ResNet-14/);
  await walk('the first leaves', choose('plain-8', 'Remove'), /Menu of plain-14/);
  await walk('its editor', choose('plain-14', 'Change'), /Change plain-14/);
  await walk('its editor closed', () => page.keyboard.press('Escape'), /Menu of plain-14/);
  await walk('a new name', choose('plain-14', 'Rename'), /rename-lane|INPUT/);
  await walk('no new name', () => page.keyboard.press('Escape'), /Menu of plain-14/);
  await walk('a menu closed by a press beside it', async () => {
    await button(page, 'Menu of plain-14').click();
    await page.locator('.brand').click();
    await expect(page.getByRole('menu')).toBeHidden();
    await button(page, 'Menu of plain-14').focus();
  });
  await walk('other questions', press('Other questions'), /Close/);
  await walk('closed by Escape', () => page.keyboard.press('Escape'), /Other questions/);
  await walk('shortcuts', press('Words and keyboard shortcuts'), /Close/);
  await walk('closed by its button', () => page.keyboard.press('Enter'), /keyboard shortcuts/);
  await walk(
    'an experiment chosen',
    async () => {
      await button(page, 'Other questions').click();
      await button(page, 'Use: With skip connections, is deeper better in the end?').click();
    },
    /Other questions/,
  );
  await walk('undo', press('Undo'), /./);

  await walk('train', press('Train'), /Pause/);
  await expect(page.locator('.lane').first()).toHaveAttribute('data-step', /[1-9]/, { timeout: 120_000 });
  expect(await focused(page)).toMatch(/Pause/);
  await walk(
    'the end, with the focus on Stop',
    async () => {
      await button(page, 'Stop').focus();
      await ended(page);
    },
    /Train/,
  );
  await walk(
    'a name',
    async () => {
      await goTo(page, 'Runs');
      await page.locator('button.runs-name').first().click();
      await page.keyboard.press('Enter');
    },
    /Rename/,
  );
  await walk(
    'a run deleted',
    async () => {
      await page.locator('.runs tbody input[type="checkbox"]').first().check();
      const remove = page.locator('.runs-selection').getByRole('button', { name: 'Delete' });
      await expect(remove).toBeEnabled();
      await remove.focus();
      await page.keyboard.press('Enter');
    },
    /Undo/,
  );
  await walk('undone', () => page.keyboard.press('Enter'));
  await walk('a reading put away', async () => {
    await goTo(page, 'Lab');
    await page.getByRole('group', { name: /^Error, %: chart/ }).focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await page.locator('[class*="pinned"] button').last().focus();
    await page.keyboard.press('Enter');
  });
  await walk(
    'imported and taken away',
    async () => {
      await press('Export, import')();
      await page.getByLabel('Runs from a JSON file').setInputFiles({
        name: 'nothing.json',
        mimeType: 'application/json',
        buffer: Buffer.from('{}'),
      });
      await page.keyboard.press('Escape');
    },
    /Export, import/,
  );
});

test('a failure that is tried again hands the focus to the button that trains', async ({ page }) => {
  await page.route('**/datasets/**', (route) => route.fulfill({ status: 404 }));
  await page.goto('./?backend=wasm#e=1p8x2;n20;b16;x');
  await button(page, 'Train').click();
  const failure = page.locator('.failure');
  await expect(failure).toBeVisible({ timeout: 120_000 });
  await failure.getByRole('button', { name: 'Try again' }).focus();
  await page.unroute('**/datasets/**');
  await page.keyboard.press('Enter');
  await expect(failure).toBeHidden();
  await expect.poll(() => focused(page)).toMatch(/Pause|Train/);
});
