/** The page's frame: a part that does not come, leaving, the focus, forced colours, narrow windows, other languages. */
import { expect, test, type Page } from 'playwright/test';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Small nets that train for long. */
const LONG = './?backend=wasm#e=1p8x2,p14x2;n40000;b16';
/** And for a moment. */
const SHORT = './?backend=wasm#e=1p8x2,p14x2;n30;b16;x';

const opened = async (page: Page, link = LONG) => {
  await page.goto(link);
  await expect(button(page, 'Train')).toBeEnabled();
  await expect(page.locator('.chart-surface')).toHaveCount(5, { timeout: 60_000 });
};
const trained = async (page: Page) => {
  await button(page, 'Train').click();
  await expect(page.locator('.lane').first()).toHaveAttribute('data-step', /[1-9]/, { timeout: 120_000 });
};
const ended = (page: Page) => expect(button(page, 'Train')).toBeVisible({ timeout: 120_000 });

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
    to: inDialog('All experiments'),
    come: (page) => page.locator('[data-preset="degradation"]'),
  },
  { file: 'ExperimentDetails', to: inDialog('Details'), come: (page) => page.locator('.cost-table') },
  {
    file: 'RecordingsList',
    to: inDialog('Recorded runs'),
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
    to: inDialog('Keyboard shortcuts'),
    come: (page) => page.getByText('Pause or resume training'),
  },
  {
    file: 'LaneEditor',
    to: (page) => button(page, 'Duplicate plain-8, 2 filters').or(button(page, 'Duplicate plain-8')).click(),
    come: (page) => page.getByRole('textbox', { name: 'Depth' }),
  },
  {
    file: 'CurveTable',
    to: inDialog('Table'),
    come: (page) => page.getByRole('group', { name: /^Loss of every lane/ }),
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
      `/assets/(${[...lateParts.map(({ file }) => file), 'RunsTable', 'NetsPanel', 'ChartSave'].join('|')})-`,
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
      // What opened stays closable, and the focus goes back to what opened it.
      const dialog = page.getByRole('dialog');
      if (await dialog.isVisible()) {
        await button(page, 'Close').click();
        await expect(dialog).toBeHidden();
        await expect.poll(() => focused(page)).not.toBe('');
        await to(page);
      }
    });
    await page.keyboard.press('Escape');
  }
  expect(Number(await page.locator('.lane').first().getAttribute('data-step'))).toBeGreaterThan(0);
  await release();
  // One that is tried again comes in every place that waits for it.
  for (const { file, to, come } of lateParts) {
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
    });
  }
  for (const part of ['The table of runs', 'The drawing of the nets']) {
    await page
      .getByRole('alert')
      .filter({ hasText: part })
      .getByRole('button', { name: 'Try again' })
      .click();
  }
  await expect(page.locator('.runs tbody tr')).toHaveCount(2);
  await expect(page.locator('.net')).toHaveCount(2);
});

async function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { activeElement } = document;
    if (!activeElement || activeElement === document.body) return '';
    return `${activeElement.tagName} ${activeElement.getAttribute('aria-label') ?? activeElement.textContent.trim()}`;
  });
}

test('without the charts the page trains and saves; offline all parts are there that were fetched ahead', async ({
  page,
  context,
}) => {
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
  await expect(page.locator('.chart-surface')).toHaveCount(5);

  // In quiet moments the rest has been fetched.
  await page.reload();
  const ahead = () =>
    page.evaluate(
      () =>
        new Set(
          performance
            .getEntriesByType('resource')
            .map(({ name }) => /assets\/(\w+)-[^/]*\.js$/.exec(name)?.[1]),
        ).size,
    );
  const wanted = await page.evaluate(
    () => new Set(Object.values(JSON.parse(document.getElementById('parts')!.textContent)).flat()).size,
  );
  await expect(page.locator('.chart-surface')).toHaveCount(5);
  await expect.poll(ahead, { timeout: 60_000 }).toBeGreaterThan(wanted * 0.7);
  await trained(page);
  await context.setOffline(true);
  for (const { file, to, come } of lateParts.filter(({ file }) => file !== 'RecordingsList')) {
    await test.step(file, async () => {
      await to(page);
      await expect(come(page)).toBeVisible();
      await page.keyboard.press('Escape');
    });
  }
  await button(page, 'Recorded runs').click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText(
    'Check the connection and try again.',
  );
  await page.keyboard.press('Escape');
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
  await button(page, 'All experiments').click();
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

test('a panel that fails while it is drawn leaves the others, and what fails outside of React leaves all', async ({
  page,
}) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  // Only the drawing of the nets and the editor of lanes build paths of SVG by this name.
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
  await page.evaluate(() => (window.injected = true));
  await button(page, '+ lane').click();
  await page.evaluate(() => (window.injected = false));
  const failures = page.getByRole('alert').filter({ hasText: 'injected in a panel' });
  await expect(failures.first()).toContainText('The list of lanes failed.');
  await expect(button(page, 'Train')).toBeEnabled();
  await expect(page.locator('.chart-surface')).toHaveCount(5);
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

test('leaving asks as long as runs are unsaved, and only then', async ({ page }) => {
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
  await button(page, 'Recorded runs').click();
  await page.locator('.recordings input').first().check();
  await expect(page.locator('.runs tbody tr')).toHaveCount(1, { timeout: 60_000 });
  await page.keyboard.press('Escape');
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
  await walk('twins', press('Add residual twins'), /\+ lane/);
  await expect(page.locator('.lane')).toHaveCount(4);
  await walk('a lane more', press('+ lane'));
  await walk('that lane leaves', press('Remove ResNet-8'));
  await walk('the last leaves', async () => {
    await page
      .locator('.lane')
      .last()
      .getByRole('button', { name: /^Remove/ })
      .focus();
    await page.keyboard.press('Enter');
  });
  await walk('all experiments', press('All experiments'), /Close/);
  await walk('closed by Escape', () => page.keyboard.press('Escape'), /All experiments/);
  await walk('shortcuts', press('Keyboard shortcuts'), /Close/);
  await walk('closed by its button', () => page.keyboard.press('Enter'), /Keyboard shortcuts/);
  await walk(
    'an experiment chosen',
    async () => {
      await button(page, 'All experiments').click();
      await button(page, 'Use: Depth').or(page.locator('[data-preset="depth"] button')).click();
    },
    /All experiments/,
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
      await page.locator('button.runs-name').first().click();
      await page.keyboard.press('Enter');
    },
    /Rename/,
  );
  await walk(
    'a run deleted',
    async () => {
      await page.locator('.runs tbody input[type="checkbox"]').first().check();
      await page.locator('.runs-selection').getByRole('button', { name: 'Delete' }).focus();
      await page.keyboard.press('Enter');
    },
    /Undo/,
  );
  await walk('undone', () => page.keyboard.press('Enter'));
  await walk('a reading put away', async () => {
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
  for (const name of ['All experiments', 'Recorded runs', 'Export, import', 'Keyboard shortcuts']) {
    await button(page, name).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.waitForTimeout(300);
    expect(await tooWide(), name).toEqual([]);
    await page.keyboard.press('Escape');
  }
  await button(page, 'Details').click();
  await button(page, 'Table').click();
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
      ['.settings', '.lanes-add', '.verdict', '.charts', '.chart-main', '.charts-small', '.runs'].map(
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
    await expect(page.locator('.settings')).toContainText('64,000 steps');
    await expect(page.locator('main')).not.toContainText(/Sek|Min\.|Std/);
  });
});
