/** Everything that is kept as one file: saved on one machine, brought in on another, and gone on with there. */
import { readFileSync } from 'node:fs';
import { expect, test, type Browser, type Page } from 'playwright/test';
import { button, ended, goTo, LONG, opened, SHORT, trained } from './framePage.ts';

/** Another machine: a browser that keeps nothing. */
async function elsewhere(browser: Browser, link: string): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(link);
  await goTo(page, 'Lab');
  return page;
}

const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Export and import' });

async function saveAll(page: Page): Promise<Buffer> {
  await button(page, 'Export, import').click();
  await expect(
    dialogOf(page).getByText(/^2 runs, 0\.\d MB of curves; \d+ moments, \d+\.\d MB\.$/),
  ).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    button(page, 'Everything as one file').click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^residual-playground-\d{4}-\d\d-\d\d\.tar$/);
  await expect(
    dialogOf(page).getByText(/\.tar is with your downloads: 2 runs, \d+ moments\.$/),
  ).toBeVisible();
  const bytes = readFileSync(await download.path());
  await button(page, 'Close').click();
  return bytes;
}

async function bringIn(page: Page, buffer: Buffer) {
  if (!(await dialogOf(page).isVisible())) await button(page, 'Export, import').click();
  await dialogOf(page)
    .getByLabel('Runs from a JSON file')
    .setInputFiles({ name: 'all.tar', mimeType: 'application/x-tar', buffer });
}

/** Lets a file fall on the page, as out of a folder's window; gives whether the page has taken it, and not the browser. */
async function drop(page: Page, name: string, buffer: Buffer): Promise<boolean> {
  const dataTransfer = await page.evaluateHandle(
    ({ file, bytes }) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(bytes)], file));
      return transfer;
    },
    { file: name, bytes: [...buffer] },
  );
  return page.evaluate((transfer) => {
    const event = new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true });
    return !document.querySelector('main')!.dispatchEvent(event);
  }, dataTransfer);
}

/** Everything in the database but how points were cut into packs: by store and key, as text. */
const stored = (page: Page): Promise<Record<string, string>> =>
  page.evaluate(async () => {
    const promised = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error(String(request.error)));
      });
    // In whatever order its keys were written.
    const sorted = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(sorted);
      if (typeof value !== 'object' || value === null) return value;
      const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
      return Object.fromEntries(entries.map(([key, part]) => [key, sorted(part)]));
    };
    const db = await promised(indexedDB.open('residual-playground'));
    const found: Record<string, string> = {};
    for (const name of ['runs', 'points', 'checkpoints', 'checkpointFiles']) {
      const store = db.transaction(name).objectStore(name);
      const keys = await promised(store.getAllKeys());
      const values = (await promised(store.getAll())) as unknown[];
      for (const [i, value] of values.entries()) {
        if (name === 'points') {
          const { run, columns } = value as {
            run: string;
            columns: Record<string, { values: Float64Array }>;
          };
          for (const [key, { values: numbers }] of Object.entries(columns)) found[`points ${run} ${key}`] = `${found[`points ${run} ${key}`] ?? ''}${numbers.join()},`; // prettier-ignore
        } else if (value instanceof ArrayBuffer) {
          const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', value));
          found[`${name} ${JSON.stringify(keys[i])}`] = digest.join();
        } else found[`${name} ${JSON.stringify(keys[i])}`] = JSON.stringify(sorted(value));
      }
    }
    db.close();
    return found;
  });

test('two trained nets are the same on another machine, to the last byte; a broken file changes nothing', async ({
  page,
  browser,
}) => {
  await opened(page, SHORT);
  await button(page, 'Train').click();
  await expect(page.locator('.lane[data-step="30"]')).toHaveCount(2, { timeout: 120_000 });
  await ended(page);
  const file = await saveAll(page);
  const before = await stored(page);
  expect(Object.keys(before).filter((key) => key.startsWith('checkpointFiles')).length).toBeGreaterThan(4);

  const other = await elsewhere(browser, './');
  const broken = Buffer.from(file);
  broken[file.indexOf('points.safetensors') + 2000]! ^= 1;
  await button(other, 'Export, import').click();
  await dialogOf(other).getByLabel('Runs from a JSON file').waitFor();
  expect(await drop(other, 'all.tar', broken)).toBe(true);
  await expect(dialogOf(other).getByRole('alert')).toContainText(
    /all\.tar is damaged.*What was on the page is still there\./,
  );
  expect(await stored(other)).toEqual({});

  await bringIn(other, file);
  await expect(dialogOf(other).getByText(/^all\.tar: 2 runs and \d+ moments came in/)).toBeVisible();
  expect(await stored(other)).toEqual(before);
  await button(other, 'Close').click();
  for (const step of ['at once', 'after a reload']) {
    await expect(other.locator('.lane[data-step="30"]'), step).toHaveCount(2, { timeout: 30_000 });
    if (step === 'at once') await other.reload();
  }
  expect(await stored(other)).toEqual(before);

  await bringIn(other, file);
  await expect(dialogOf(other).getByText(/^all\.tar: 0 runs and 0 moments came in.*2 runs of it were here already\.$/)).toBeVisible(); // prettier-ignore
  await other.context().close();
});

test('what trains is saved as it is, and gone on with on another machine', async ({ page, browser }) => {
  await opened(page, LONG);
  await trained(page);
  await expect(page.locator('.lane').first()).toHaveAttribute('data-step', /\d\d/, { timeout: 60_000 });
  const file = await saveAll(page);
  await page.close();
  const other = await elsewhere(browser, './?backend=wasm');
  await bringIn(other, file);
  await expect(dialogOf(other).getByText(/^all\.tar: 2 runs/)).toBeVisible();
  await button(other, 'Close').click();
  await other.getByRole('button', { name: /^Continue from step \d/ }).click();
  await expect(other.locator('.lane').first()).toHaveAttribute('data-step', /\d\d\d/, { timeout: 120_000 });
  await other.context().close();
});

test('what a newer version keeps is left as it is, and the page trains', async ({ page }) => {
  await page.goto('./favicon.svg');
  const newer = () =>
    page.evaluate(
      () =>
        new Promise<string>((resolve, reject) => {
          const opening = indexedDB.open('residual-playground');
          opening.onupgradeneeded = () => undefined;
          opening.onerror = () => reject(new Error(String(opening.error)));
          opening.onsuccess = () => {
            const db = opening.result;
            const all = db.transaction('later').objectStore('later').getAll();
            all.onsuccess = () => {
              resolve(JSON.stringify([db.version, [...db.objectStoreNames], all.result]));
              db.close();
            };
          };
        }),
    );
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('residual-playground', 1000);
        opening.onupgradeneeded = () =>
          opening.result.createObjectStore('later', { keyPath: 'id' }).put({ id: 1, of: 'a later form' });
        opening.onerror = () => reject(new Error(String(opening.error)));
        opening.onsuccess = () => {
          opening.result.close();
          resolve();
        };
      }),
  );
  const before = await newer();
  await opened(page, SHORT);
  await button(page, 'Train').click();
  await expect(page.locator('.lane[data-step="30"]')).toHaveCount(2, { timeout: 120_000 });
  await ended(page);
  await button(page, 'Export, import').click();
  await expect(dialogOf(page).getByText('No run is kept yet: press Train first.')).toHaveCount(0);
  await expect(dialogOf(page).getByText(/newer version of this page/)).toBeVisible();
  expect(await newer()).toBe(before);
});
