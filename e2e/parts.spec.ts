/** Parts of the page that do not come, or fail. */
import { expect, test, type Page } from 'playwright/test';
import {
  button,
  ended,
  focused,
  goTo,
  inMenu,
  LONG,
  opened,
  openSettings,
  setTable,
  trained,
} from './framePage.ts';

/** Keeps files from arriving until the returned function is called. */
async function withhold(page: Page, files: RegExp): Promise<() => Promise<void>> {
  await page.route(files, (route) => route.fulfill({ status: 404, body: 'gone' }));
  return () => page.unroute(files);
}

/** Without this the page has all its parts before a test could withhold one. */
const withoutFetchingAhead = (page: Page) =>
  page.addInitScript(() =>
    Object.defineProperty(navigator, 'connection', { value: { saveData: true }, configurable: true }),
  );

interface LatePart {
  readonly file: string;
  /** Leads to it. */
  readonly to: (page: Page) => Promise<void>;
  /** What is there when it has come. */
  readonly come: (page: Page) => ReturnType<Page['locator']>;
}

const inDialog = (name: string) => async (page: Page) => button(page, name).click();
const lateParts: readonly LatePart[] = [
  {
    file: 'PresetChooser',
    to: inDialog('Other questions'),
    come: (page) => page.locator('[data-preset="degradation"]'),
  },
  { file: 'ExperimentDetails', to: openSettings, come: (page) => page.locator('.cost-table') },
  {
    file: 'RecordingsList',
    async to(page) {
      await goTo(page, 'Runs');
      await page.getByRole('radio', { name: /^Recorded/ }).check();
    },
    come: (page) => page.locator('.recordings li').first(),
  },
  { file: 'ScriptSection', to: inDialog('Export, import'), come: (page) => button(page, 'PyTorch script') },
  {
    file: 'ImportSection',
    to: inDialog('Export, import'),
    come: (page) => page.getByLabel('Runs from a JSON file'),
  },
  {
    file: 'ShortcutsList',
    to: inDialog('Words and keyboard shortcuts'),
    come: (page) => page.getByText('Pause or resume training'),
  },
  {
    file: 'LaneEditor',
    async to(page) {
      if (!(await button(page, 'Menu of plain-8 (2)').isVisible()))
        await inMenu(page, 'plain-8', 'Duplicate');
      await inMenu(page, 'plain-8 (2)', 'Change');
    },
    come: (page) => page.getByRole('textbox', { name: 'Depth' }),
  },
  { file: 'NetPicker', to: inDialog('+ net'), come: (page) => page.locator('.picker') },
  {
    file: 'CurveTable',
    to: (page) => setTable(page, true),
    come: (page) => page.getByRole('group', { name: /^Error, % of every lane/ }),
  },
  {
    file: 'PinnedReading',
    async to(page) {
      await page.getByRole('group', { name: /^Error, %: chart/ }).focus();
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('Enter');
    },
    come: (page) => page.locator('.pinned, [class*="pinned"]').first(),
  },
];

test('a part that does not come says so in its place and comes when it is tried again; what trains goes on', async ({
  page,
}) => {
  await withoutFetchingAhead(page);
  const release = await withhold(
    page,
    new RegExp(
      `/assets/(${[...lateParts.map(({ file }) => file), 'RunsTable', 'InsidePanel', 'ChartSave'].join('|')})-`,
    ),
  );
  await opened(page);
  await trained(page);
  for (const { file, to, come } of lateParts) {
    await test.step(file, async () => {
      await to(page);
      const failure = page.getByRole('alert').filter({ hasText: 'could not be loaded' });
      await expect(failure.filter({ hasText: `${file}-` }).first()).toContainText(
        'Your runs are here, and what trains goes on.',
      );
      await expect(come(page)).toBeHidden();
      // What opened stays closable, and the focus goes back to what opened it: all dialogs are the one Dialog.
      const dialog = page.getByRole('dialog');
      if (file === lateParts[0]?.file) {
        await button(page, 'Close').click();
        await expect(dialog).toBeHidden();
        await expect.poll(() => focused(page)).not.toBe('');
        await to(page);
      }
    });
    await page.keyboard.press('Escape');
    await goTo(page, 'Lab');
  }
  expect(Number(await page.locator('.lane').first().getAttribute('data-step'))).toBeGreaterThan(0);
  await release();
  // One that is tried again comes in every place that waits for it: a dialog's, a drawer's, a place's and a panel's.
  for (const { file, to, come } of lateParts.slice(0, 4)) {
    await test.step(`${file} again`, async () => {
      const retry = page
        .getByRole('alert')
        .filter({ hasText: `${file}-` })
        .getByRole('button', { name: 'Try again' });
      if (!(await retry.first().isVisible())) await to(page);
      await retry.first().click();
      await expect(come(page)).toBeVisible();
      await expect(retry).toHaveCount(0);
      await page.keyboard.press('Escape');
      await goTo(page, 'Lab');
    });
  }
  await page.getByRole('tab', { name: 'Inside' }).click();
  await expect(page.locator('.inside .view-picture')).toBeVisible();
  await goTo(page, 'Runs');
  await page.getByRole('radio', { name: /^Trained here/ }).check();
  await page
    .getByRole('alert')
    .filter({ hasText: 'The table of runs' })
    .getByRole('button', { name: 'Try again' })
    .click();
  await expect(page.locator('.runs tbody tr')).toHaveCount(2);
});

test('without the charts the page trains and saves, and has them when they are tried again', async ({
  page,
}) => {
  await withoutFetchingAhead(page);
  const release = await withhold(page, /\/assets\/ChartsPanel-/);
  await page.goto(LONG);
  const failure = page.getByRole('alert').filter({ hasText: 'The charts could not be loaded.' });
  await expect(failure).toBeVisible();
  await trained(page);
  const download = page.waitForEvent('download');
  await failure.getByRole('button', { name: 'Save runs as JSON' }).click();
  expect((await download).suggestedFilename()).toBe('residual-playground.json');
  await release();
  await failure.getByRole('button', { name: 'Try again' }).click();
  await expect(page.locator('.chart-surface')).toHaveCount(1);
});

test('offline, what was fetched ahead in quiet moments is there, and runs are saved', async ({
  page,
  context,
}) => {
  // A browser remembers 250 of what it has loaded: the page with its parts and shards is more.
  await page.addInitScript(() => performance.setResourceTimingBufferSize(2000));
  await opened(page);
  const missing = () =>
    page.evaluate(() => {
      const parts = JSON.parse(document.getElementById('parts')!.textContent) as Record<string, string[]>;
      const come = performance.getEntriesByType('resource').map(({ name }) => name);
      return Object.values(parts)
        .flat()
        .filter((file) => !come.some((name) => name.endsWith(file)));
    });
  await expect.poll(missing, { timeout: 60_000 }).toEqual([]);
  await trained(page);
  await context.setOffline(true);
  for (const { file, to, come } of lateParts.filter(({ file }) => file !== 'RecordingsList')) {
    await test.step(file, async () => {
      await to(page);
      await expect(come(page)).toBeVisible();
      await page.keyboard.press('Escape');
    });
  }
  await goTo(page, 'Runs');
  await page.getByRole('radio', { name: /^Recorded/ }).check();
  await expect(page.getByRole('alert')).toContainText('Check the connection and try again.');
  await goTo(page, 'Lab');
  await button(page, 'Export, import').click();
  for (const kind of ['CSV', 'JSON']) {
    const saved = page.waitForEvent('download');
    await button(page, `Runs as ${kind}`).click();
    expect((await saved).suggestedFilename()).toMatch(/^residual-playground\./);
  }
});

test('after another version was put on the server the page says that it is older', async ({ page }) => {
  await withoutFetchingAhead(page);
  await opened(page);
  await trained(page);
  await withhold(page, /\/assets\//);
  await page.route(
    (url) => url.pathname === '/',
    (route) =>
      route.fulfill({ body: '<!doctype html><script type="module" src="./assets/index-other.js"></script>' }),
  );
  await button(page, 'Other questions').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('alert')).toContainText(
    'This page is of an older version than the one that the server has now',
  );
  await expect(dialog.getByRole('button', { name: 'Load the page again' })).toBeVisible();
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save runs as JSON' }).click();
  await download;
  // They are safe now: nothing is asked.
  let asked = 0;
  await button(page, 'Close').click();
  await button(page, 'Stop').click();
  await ended(page);
  await button(page, 'Export, import').click();
  const csv = page.waitForEvent('download');
  await button(page, 'Runs as CSV').click();
  await csv;
  page.on('dialog', (leaving) => {
    asked++;
    void leaving.accept();
  });
  await page.close({ runBeforeUnload: true });
  expect(asked).toBe(0);
});

test('where the script of the training workers is gone with the old version, Train says so and nothing is lost', async ({
  page,
}) => {
  await page.route(/\/assets\/trainWorker-/, (route) => route.fulfill({ status: 404, body: 'gone' }));
  await opened(page);
  await page.route(
    (url) => url.pathname === '/',
    (route) => route.fulfill({ body: '<script type="module" src="./assets/index-other.js"></script>' }),
  );
  await button(page, 'Train').click();
  const note = page.getByRole('alert').filter({ hasText: 'This page is of an older version' });
  await expect(note).toBeVisible({ timeout: 120_000 });
  await expect(note.getByRole('button', { name: 'Load the page again' })).toBeVisible();
  await expect(page.locator('.lane')).toHaveCount(2);
});

test('a panel that fails while it is drawn leaves the others, and what fails outside of React leaves all', async ({
  page,
}) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  // What draws a net more, draws its sign.
  await page.addInitScript(() => {
    const create = document.createElementNS.bind(document);
    document.createElementNS = ((space: string, name: string) => {
      if (name === 'svg' && new Error().stack !== undefined && window.injected)
        throw new Error('injected in a panel');
      return create(space as 'http://www.w3.org/2000/svg', name as 'svg');
    }) as typeof document.createElementNS;
  });
  await opened(page);
  await page.evaluate(() => {
    void Promise.reject(new Error('injected outside of React'));
    setTimeout(() => {
      throw new Error('injected into a timer');
    });
  });
  await expect.poll(() => errors.length).toBe(2);
  await button(page, 'Menu of plain-14').click();
  await page.evaluate(() => (window.injected = true));
  await page.getByRole('menuitem', { name: 'Duplicate' }).click();
  await page.evaluate(() => (window.injected = false));
  const failures = page.getByRole('alert').filter({ hasText: 'injected in a panel' });
  await expect(failures.first()).toContainText('The list of nets failed.');
  await expect(button(page, 'Train')).toBeEnabled();
  await expect(page.locator('.chart-surface')).toHaveCount(1);
  for (let left = await failures.count(); left > 0; left--)
    await failures.first().getByRole('button', { name: 'Try again' }).click();
  await expect(page.locator('.lane')).toHaveCount(3);
  await expect(failures).toHaveCount(0);
});

declare global {
  interface Window {
    injected?: boolean;
  }
}
