/** Every view into the nets, whichever there are: of nets that train, are done, kept, out of a file, and supplied with the page; at an earlier moment, and saved. */
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import Papa from 'papaparse';
import { PNG } from 'pngjs';
import { expect, test, type Page } from 'playwright/test';
import { parseRun } from '../src/model/config.ts';
import { buildGraph } from '../src/model/graph.ts';
import { initialParameters, initialStatistics, layoutOf } from '../src/model/parameters.ts';
import { createRandom } from '../src/model/random.ts';
import { variantOf } from '../src/model/testing/safetensorsFiles.ts';
import { weightsToSafetensors } from '../src/training/weights.ts';
import { button, ended, opened, trained } from './framePage.ts';

const PATIENT = { timeout: 120_000 };
/** Settings with which a view of small nets takes a moment. */
const small: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Loss landscape': { Images: '64', Grid: '5' },
  'Shattered gradients': { 'averaged over': '5' },
};

const view = (page: Page) => page.locator('.inside-view');
const summary = (page: Page) => view(page).locator('.view-summary');
const tab = (page: Page, name: string) => page.locator('.inside-views').getByRole('button', { name: new RegExp(`^${name}`) }); // prettier-ignore
/** Goes there. Gives the names of the views that there are. */
async function inside(page: Page): Promise<readonly string[]> {
  await page.getByRole('tab', { name: 'Inside' }).click();
  await expect(page.locator('.inside-views b').first()).toBeVisible();
  const names = await page.locator('.inside-views b').allTextContents();
  expect(names.length).toBeGreaterThanOrEqual(6);
  return names;
}
const SIGNAL = 'Signal by depth';
const GROW = 'By construction';

/** Opens a view, by mouse or by keyboard, and has it begin; what it costs is said before. */
async function begin(page: Page, name: string, by: 'mouse' | 'keyboard' = 'mouse'): Promise<void> {
  if (by === 'mouse') await tab(page, name).click();
  else await tab(page, name).press('Enter');
  await expect(tab(page, name)).toHaveAttribute('aria-pressed', 'true');
  const look = view(page).getByRole('button', { name: 'Look', exact: true });
  const begun = view(page).locator('.view-summary, .view-tools progress').first();
  await expect(look.or(begun).first()).toBeVisible(PATIENT);
  for (const [label, value] of Object.entries(small[name] ?? {}))
    await view(page).getByRole('combobox', { name: label }).selectOption(value);
  await expect(look.or(begun).first()).toBeVisible(PATIENT);
  await expect(view(page).getByRole('alert')).toHaveCount(0);
  if (!(await look.isVisible())) return;
  await expect(view(page).locator('.view-tools .field-hint').last()).toContainText(/\w/);
  if (by === 'mouse') await look.click();
  else await look.press('Enter');
}

/** And waits until it is there. Gives its summary. */
async function see(page: Page, name: string, by: 'mouse' | 'keyboard' = 'mouse'): Promise<string> {
  return test.step(name, async () => {
    await begin(page, name, by);
    await expect(summary(page)).toBeVisible(PATIENT);
    await expect(view(page).locator('.view-tools progress')).toHaveCount(0, PATIENT);
    await expect(view(page).locator('.view-picture').first()).toBeVisible();
    await expect(view(page).getByRole('alert')).toHaveCount(0);
    return (await summary(page).textContent()) ?? '';
  });
}

async function save(page: Page, kind: string): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, kind).click()]);
  return readFileSync(await download.path());
}

/** What is saved of the view that is shown: its numbers twice, its picture twice. */
async function readBack(page: Page): Promise<void> {
  const { rows } = JSON.parse((await save(page, 'JSON')).toString()) as { rows: object[] };
  const csv = Papa.parse<string[]>((await save(page, 'CSV')).toString().replace(/^\ufeff/, ''), { skipEmptyLines: true }); // prettier-ignore
  expect(rows.length).toBeGreaterThan(0);
  expect([csv.errors, csv.data.length, csv.data[0]]).toEqual([[], 1 + rows.length, Object.keys(rows[0]!)]);
  const svg = (await save(page, 'SVG')).toString();
  expect(svg).toMatch(/^(<\?xml[^>]*>\s*)?<svg [^]*<\/svg>\s*$/);
  expect(svg.match(/href="(?!data:|#)[^"]*"/g)).toBeNull();
  const { width, height } = PNG.sync.read(await save(page, 'PNG'));
  expect(Math.min(width, height)).toBeGreaterThan(100);
}

test('while nets train, when they are done, and at an earlier moment', async ({ page }) => {
  test.setTimeout(400_000);
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await opened(page, './?backend=wasm#e=1p8x1,r8x1;n40000;b16;t60_100');
  await trained(page);
  const views = await inside(page);
  const steps = async () => Number(await page.locator('.lane').first().getAttribute('data-step'));
  await test.step('in training', async () => {
    const before = await steps();
    for (const name of views) await see(page, name);
    expect(await steps()).toBeGreaterThan(before);
  });
  await button(page, 'Stop').click();
  await ended(page);

  const done = new Map<string, string>();
  await test.step('done', async () => {
    for (const name of views) {
      done.set(name, await see(page, name));
      await view(page).getByText('The numbers as a table').press('Enter');
      await expect(view(page).locator('tbody tr').first()).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).include('.inside').analyze();
      expect(violations.map(({ id, nodes }) => `${name}: ${id}: ${nodes[0]?.html}`)).toEqual([]);
      await readBack(page);
    }
  });

  await test.step('at an earlier moment, by keyboard', async () => {
    await page.locator('.inside-moment input').press('Home');
    await expect(page.locator('.inside-moment')).toContainText('after step 0');
    const then = new Map<string, string>();
    for (const name of views) then.set(name, await see(page, name, 'keyboard'));
    expect(then.get(SIGNAL)).not.toBe(done.get(SIGNAL));
  });
  expect(errors).toEqual([]);
});

test('kept nets after a reload, and weights out of a file', async ({ page }) => {
  test.setTimeout(400_000);
  await opened(page, './?backend=wasm#e=1p8x1,r8x1;n40;b16;x');
  await button(page, 'Train').click();
  await ended(page);
  // What is new is written after a moment.
  await page.waitForTimeout(2500);
  await page.reload();
  const views = await inside(page);
  await test.step('kept', async () => {
    for (const name of views) await see(page, name);
  });

  const { model } = parseRun({ model: { depth: 8, width: 1 }, steps: 1 });
  const graph = buildGraph(model);
  const layout = layoutOf(graph);
  const parameters = initialParameters(graph, layout, createRandom(7));
  const own = weightsToSafetensors(graph, layout, { parameters, statistics: initialStatistics(layout) });
  const theirs = variantOf(own, { kind: 'BF16', rename: (name) => `model.module.${name}` });
  await page.goto('about:blank');
  await page.goto('./?backend=wasm#e=1r8x1;n30;b16;s2;x');
  await button(page, 'Export, import').click();
  await page
    .getByLabel('Weights to start a lane from (safetensors)')
    .setInputFiles({ name: 'theirs.safetensors', mimeType: 'application/octet-stream', buffer: Buffer.from(theirs) }); // prettier-ignore
  await expect(page.getByText('ResNet-8 starts from theirs.safetensors with the next Train.')).toBeVisible();
  await button(page, 'Close').click();
  await inside(page);
  await test.step('out of a file', async () => {
    for (const name of views) {
      // A residual net is not grown by identities.
      if (name !== GROW) await see(page, name);
    }
  });
});

test('nets that come with the page, before anything is trained', async ({ page }) => {
  test.setTimeout(400_000);
  await page.goto('./?backend=wasm#/lab');
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/nets/')) asked.push(request.url().replace(/.*\/nets\//, ''));
  });
  const views = await inside(page);
  await expect(page.getByText('Nothing is trained yet')).toBeVisible();
  expect(asked).toEqual([]);

  // What does not come is said where it was asked for, and can be asked for again: the list, then a net.
  await page.route('**/nets/index.json', (route) => route.fulfill({ status: 404, body: 'gone' }));
  await button(page, 'Look into four trained nets').click();
  await expect(page.getByRole('alert')).toContainText('nets/index.json did not arrive (HTTP 404)');
  await page.unroute('**/nets/index.json');
  await page.route('**/nets/*.safetensors', (route) => route.abort());
  await page.getByRole('alert').getByRole('button').click();
  await expect(page.locator('.inside')).toContainText('plain-20 after 16,000 steps');
  // The first of the views needs no weights.
  await tab(page, SIGNAL).click();
  await expect(page.getByRole('alert')).toContainText(
    /nets\/\S+\.safetensors did not arrive: check the connection/,
  );
  await page.unroute('**/nets/*.safetensors');
  await button(page, 'Look').click();
  await expect(summary(page)).toBeVisible(PATIENT);
  await expect(page.getByRole('alert')).toHaveCount(0);

  // The deeper of two plain nets has the layers that the other one gets.
  await begin(page, GROW);
  await expect(summary(page)).toContainText('plain-56 (supplied) with its own weights', PATIENT);
  await tab(page, SIGNAL).click();

  // Of the four the two shallow ones, by keyboard.
  await page.locator('.inside-nets summary').press('Enter');
  for (const name of ['plain-56', 'ResNet-56'])
    await page.getByRole('checkbox', { name: `${name} (supplied) comes with the page` }).press('Space');
  await page.locator('.inside-nets summary').press('Enter');
  await expect(page.locator('.inside-nets summary')).toHaveText(
    /plain-20 \(supplied\)\s*ResNet-20 \(supplied\)$/,
  );
  for (const name of views) {
    await test.step(name, async () => {
      await begin(page, name);
      // Of nets of this size some take minutes: these are seen to be on their way, and let go.
      const far = view(page).locator('.view-tools progress[value]:not([value="0"])');
      await expect(summary(page).or(far).first()).toBeVisible(PATIENT);
      await expect(view(page).getByRole('alert')).toHaveCount(0);
      const cancel = button(page, 'Cancel');
      if (await cancel.isVisible()) await cancel.click({ timeout: 1000 }).catch(() => undefined);
    });
  }
  await page.locator('.inside-moment input').press('Home');
  await see(page, SIGNAL);
  await page.locator('.inside-moment input').press('ArrowRight');
  await expect(page.locator('.inside-moment')).toContainText('after step 10');
  await see(page, SIGNAL);
  // Each file once.
  expect(asked.filter((file, i) => file.endsWith('-10.safetensors') && asked.indexOf(file) !== i)).toEqual(
    [],
  );
});
