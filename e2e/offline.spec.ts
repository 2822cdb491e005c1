/** The page without a network, on a host that sends no headers, over an update, and installed. */
import { expect, test, type Page } from 'playwright/test';
import { button, ended, goTo, LONG, opened, openSettings, trained } from './framePage.ts';
import { META_POLICY } from '../src/serviceWorker/securityHeaders.ts';
import { changingHost, ownHost, plainHost, type Host } from './offlineHosts.ts';
import { lossesTold, spyOn } from './spy.ts';

test.use({ serviceWorkers: 'allow' });

const hosts: Host[] = [];
test.afterEach(async ({ page }) => {
  await page.close();
  for (const host of hosts.splice(0)) await host.close();
});
async function started<H extends Host>(starting: Promise<H>): Promise<H> {
  const host = await starting;
  hosts.push(host);
  return host;
}

/** Resolves when the service worker has everything, and the page. */
const isKept = (page: Page) =>
  expect
    .poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state ?? 'none'), { timeout: 60_000 })
    .toBe('activated');
/** What trains here can be trained again to the last bit: leaving is no loss. */
const leaveFreely = (page: Page) => page.on('dialog', (dialog) => void dialog.accept());
/** Which directive forbids a style that is written into the page. */
const violation = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<string>((seen) => {
        const tell = (event: SecurityPolicyViolationEvent) => seen(event.effectiveDirective);
        document.addEventListener('securitypolicyviolation', tell, { once: true });
        document.head.append(Object.assign(document.createElement('style'), { textContent: 'p {}' }));
      }),
  );
const ONE = '?backend=wasm#e=1p8x4;n12;b16';
const TWO = '?backend=wasm#e=1p8x2,r8x2;n12;b16';
const done = (page: Page, nets = 2) =>
  expect(page.locator('.lane', { hasText: 'Done: 12 steps' })).toHaveCount(nets, { timeout: 120_000 });

/** Has the page ask its service worker for so many files that it can hardly be ended, as workers do that are made anew after a stop. */
const askMuch = (page: Page) =>
  page.evaluate(() => {
    let asks = true;
    setTimeout(() => (asks = false), 4000);
    const ask = async () => {
      while (asks) await (await fetch('./favicon.svg')).text();
    };
    for (let i = 0; i < 4; i++) void ask();
  });

/** Opens the page anew as one that keeps no runs: it has the same Train as at first. */
async function openedBare(page: Page): Promise<void> {
  await page.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined }));
  await page.reload();
}

test('after one visit the page loads and trains the same nets with the server closed', async ({ page }) => {
  const origins = new Set<string>();
  page.on('request', (request) => origins.add(new URL(request.url()).origin));
  leaveFreely(page);
  await spyOn(page);
  const host = await started(ownHost());
  await page.goto(host.url + TWO);
  await trained(page);
  await done(page);
  const losses = await lossesTold(page);
  expect(losses.map((lane) => lane.length)).toEqual([12, 12]);
  await isKept(page);
  await host.close();
  await openedBare(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await trained(page);
  await done(page);
  expect(await lossesTold(page)).toEqual(losses);
  // What is loaded later, and the recorded runs.
  await button(page, 'Other questions').click();
  await expect(page.locator('[data-preset="degradation"]')).toBeVisible();
  await button(page, 'Close').click();
  await goTo(page, 'Runs');
  await page.getByRole('radio', { name: /^Recorded/ }).check();
  await button(page, 'Show all').click();
  await expect(page.locator('.recordings input:not(:checked)')).toHaveCount(0);
  expect([...origins]).toEqual([new URL(host.url).origin]);
});

test('in a folder of a host without headers it gets threads, policy and headers by its service worker', async ({
  page,
}) => {
  leaveFreely(page);
  const host = await started(plainHost());
  await page.goto(host.url + ONE);
  const why = page.locator('.device-why');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await expect(why).toContainText('threads need a server that isolates this page');
  // Before there is a service worker, the page's own meta element holds the policy.
  const policy = () =>
    page.evaluate(() => document.querySelector<HTMLMetaElement>('meta[http-equiv]')!.content);
  expect(await policy()).toBe(META_POLICY);
  expect(await violation(page)).toMatch(/^style-src/);
  await trained(page);
  await done(page, 1);
  await expect(page.getByText('Threads are ready')).toBeVisible({ timeout: 60_000 });
  await Promise.all([page.waitForEvent('load'), button(page, 'Load it again').click()]);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  // They were started and measured, whatever came out of it.
  await expect(why).toContainText(/threads a lane were measured|gained nothing/, { timeout: 60_000 });
  await expect(page.getByText('Threads are ready')).toBeHidden();
  expect([await policy(), await violation(page)]).toEqual([META_POLICY, expect.stringMatching(/^style-src/)]);
  const headers = await page.evaluate(async () => {
    const worker = performance.getEntriesByType('resource').find(({ name }) => name.includes('trainWorker-'));
    const responses = await Promise.all([fetch('./favicon.svg'), fetch(worker!.name)]);
    return responses.map((response) => Object.fromEntries(response.headers));
  });
  for (const sent of headers) {
    expect(sent).toMatchObject({
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-opener-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    expect(sent['content-security-policy']).toContain("default-src 'none'");
    expect(sent['permissions-policy']).toMatch(/microphone=\(\).*camera=\(self\)/);
  }
  await host.close();
  await openedBare(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await trained(page);
  await done(page, 1);
});

test('an update waits: the run goes on, parts of the old version come, and the new one is taken when asked', async ({
  page,
}) => {
  leaveFreely(page);
  const host = await started(changingHost());
  await page.goto(host.url + LONG.slice(2));
  await trained(page);
  await isKept(page);
  const version = page.locator('meta[name="version"]');
  const old = await version.getAttribute('content');
  host.change();
  await page.evaluate(() => dispatchEvent(new Event('online')));
  const ready = page.getByText('A new version of this page is ready.');
  await expect(ready).toBeVisible({ timeout: 60_000 });
  await expect(ready).toContainText('What trains goes on.');
  await expect(button(page, 'Load the new version')).toHaveCount(0);
  const step = async () => Number(await page.locator('.lane').first().getAttribute('data-step'));
  const before = await step();
  await expect.poll(step, { timeout: 60_000 }).toBeGreaterThan(before);
  // A file of the old version that nobody has loaded: the server has it no more.
  const gone = await page.evaluate(async () => {
    const parts = JSON.parse(document.getElementById('parts')!.textContent) as Record<string, string[]>;
    const [file] = parts['ScriptSection']!;
    const ask = async (cache: RequestCache) => (await fetch(`./${file}`, { cache })).status;
    return [await ask('no-store'), await ask('default')];
  });
  expect(gone).toEqual([404, 200]);
  await button(page, 'Other questions').click();
  await expect(page.locator('[data-preset="degradation"]')).toBeVisible();
  await button(page, 'Close').click();
  await button(page, 'Stop').click();
  await ended(page);
  await askMuch(page);
  await Promise.all([page.waitForEvent('load'), button(page, 'Load the new version').click()]);
  expect(await version.getAttribute('content')).not.toBe(old);
  await isKept(page);
  await expect(ready).toBeHidden();
  await trained(page);
  // The old files are given up, now that no page is open with them.
  await expect
    .poll(() =>
      page.evaluate(async () => (await caches.keys()).filter((name) => name.includes('.page ')).length),
    )
    .toBe(1);
});

test('a second page keeps its old version while the first one takes the new', async ({ page, context }) => {
  leaveFreely(page);
  const host = await started(changingHost());
  await page.goto(host.url + LONG.slice(2));
  await isKept(page);
  const other = await context.newPage();
  await other.goto(host.url + LONG.slice(2));
  await trained(other);
  host.change();
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await button(page, 'Load the new version').click({ timeout: 60_000 });
  await expect(other.getByText('A new version of this page is ready.')).toBeVisible({ timeout: 60_000 });
  const kept = await other.evaluate(async () => {
    const parts = JSON.parse(document.getElementById('parts')!.textContent) as Record<string, string[]>;
    const files = [...new Set(Object.values(parts).flat())];
    const answers = await Promise.all(files.map((file) => fetch(`./${file}`)));
    return answers.filter(({ ok }) => !ok).length;
  });
  expect(kept).toBe(0);
  await expect(other.locator('.lane').first()).toHaveAttribute('data-step', /[1-9]/);
});

test('all of CIFAR-10 is kept with progress, can be cancelled, trains any seed offline, and is removed', async ({
  page,
  context,
}) => {
  leaveFreely(page);
  const host = await started(ownHost(150));
  await opened(page, host.url + TWO);
  await isKept(page);
  await openSettings(page);
  const section = page.getByRole('region', { name: 'Without a network' });
  const session = await context.newCDPSession(page);
  const origin = new URL(host.url).origin;
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 30_000_000 });
  const keep = section.getByRole('button', { name: /^Keep all of CIFAR-10 here \(1\d\d\.\d MB\)$/ });
  await keep.click();
  await expect(section).toContainText('This browser has no room for all of CIFAR-10.');
  await session.send('Storage.overrideQuotaForOrigin', { origin });
  await keep.click();
  await expect(section.getByRole('progressbar', { name: 'CIFAR-10 kept' })).toBeVisible();
  await section.getByRole('button', { name: 'Cancel' }).click();
  await expect(section).toContainText('Images that were used stay in this browser');
  await section.getByRole('button', { name: /^Keep all/ }).click();
  await expect(section).toContainText('All of CIFAR-10 is kept in this browser', { timeout: 60_000 });
  await host.close();
  await page.goto(`${host.url}?backend=wasm#e=1p8x2,r8x2;n12;b16;s77`);
  await page.reload();
  await trained(page);
  await done(page);
  await openSettings(page);
  await section.getByRole('button', { name: /^Remove 1\d\d\.\d MB$/ }).click();
  await expect(section).toContainText(/this browser is offline, or the server does not answer|0 of 60 parts/);
  const left = await page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.includes('shards'));
    const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return keys.flat().filter(({ url }) => /-\d+$/.test(url)).length;
  });
  expect(left).toBe(0);
});

test('it can be installed', async ({ page, context }) => {
  const host = await started(ownHost());
  await page.goto(host.url);
  await isKept(page);
  const session = await context.newCDPSession(page);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // The browser of a test is private, and so installs nothing.
  const faults = installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito');
  expect(faults).toEqual([]);
  const { errors, data } = await session.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const manifest = JSON.parse(data ?? '{}') as { display: string; icons: { src: string }[] };
  expect(manifest.display).toBe('standalone');
  for (const { src } of manifest.icons) expect((await page.request.get(host.url + src)).status()).toBe(200);
});
