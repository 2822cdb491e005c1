/** Everything that the page does, it does under the Content-Security-Policy that the server sends: nothing is reported. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, test, type Page } from 'playwright/test';
import { SOFTWARE_WEBGPU } from '../scripts/browser.ts';
import { CONTENT_SECURITY_POLICY, SECURITY_HEADERS } from '../src/serviceWorker/securityHeaders.ts';
import { serveFolder } from '../scripts/staticFiles.ts';
import { ended, goTo, setTable } from './framePage.ts';

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

test.use({
  // It has the policy of its own answer, and what it answers with has the page's.
  serviceWorkers: 'allow',
  launchOptions: async ({ launchOptions }, use) => {
    await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...SOFTWARE_WEBGPU] });
  },
});

/** The built page, with a policy that tells this test of every violation, a worker's as well as the page's. */
async function serveWithReports() {
  const dist = join(import.meta.dirname, '../dist');
  const handler = serveFolder(dist, `${CONTENT_SECURITY_POLICY}; report-uri /reports`);
  const reports: string[] = [];
  const server = createServer((request, response) => {
    if (request.url === '/reports') {
      let report = '';
      request.on('data', (part: Buffer) => (report += part.toString()));
      request.on('end', () => {
        reports.push(report);
        response.end();
      });
      return;
    }
    handler(request, response);
  });
  await new Promise<void>((done) => server.listen(0, 'localhost', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `http://localhost:${address.port}/`, reports, server };
}

async function save(page: Page, name: string | RegExp): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, name).click()]);
  return readFileSync(await download.path(), 'latin1');
}

test('training, charts, files, recordings and the full screen violate no policy; a violation would be seen', async ({
  page,
  context,
}) => {
  test.setTimeout(300_000);
  const { url, reports, server } = await serveWithReports();
  // Of the page, its workers and its service worker.
  const elsewhere: string[] = [];
  context.on('request', (request) => {
    if (/^https?:/.test(request.url()) && !request.url().startsWith(url)) elsewhere.push(request.url());
  });
  try {
    for (const backend of ['cpu', 'webgl', 'webgpu', 'wasm']) {
      await page.goto('about:blank');
      // The last trains what is saved below; for the others a lane is enough, which compiles less.
      const lanes = backend === 'wasm' ? 'p8x4,r8x4' : 'r8x4';
      await page.goto(`${url}?backend=${backend}#e=1${lanes};n2;b16;a;x`);
      await button(page, 'Train').click();
      await expect(page.locator('.lane[data-step="2"]'), backend).toHaveCount(lanes.split(',').length, { timeout: 120_000 }); // prettier-ignore
      await ended(page);
    }

    for (const theme of ['Dark', 'Light'])
      await page.getByRole('radio', { name: theme }).check({ force: true });
    const chart = 'Error, %';
    await button(page, `${chart}: full screen`).click();
    await button(page, `${chart}: leave full screen`).click();
    expect(await save(page, `Save the chart \u201c${chart}\u201d as SVG`)).toContain('<svg');
    expect(await save(page, `Save the chart \u201c${chart}\u201d as PNG`)).toMatch(/^.PNG/);
    await setTable(page, true);

    await button(page, 'Export, import').click();
    const json = await save(page, 'Runs as JSON');
    await save(page, 'Runs as CSV');
    await save(page, 'PyTorch script');
    await save(page, /^Weights of plain-8/);
    const files = page.getByRole('dialog', { name: 'Export and import' });
    await files.getByLabel('Runs from a JSON file').setInputFiles({
      name: 'runs.json',
      mimeType: 'application/json',
      buffer: Buffer.from(json, 'latin1'),
    });
    await expect(files.getByText(/^runs\.json: \d+ runs/)).toBeVisible();
    await button(page, 'Close').click();
    await goTo(page, 'Runs');
    await page.getByRole('radio', { name: /^Recorded/ }).check();
    await button(page, 'Show all').click();
    await expect(page.locator('.recordings input:not(:checked)')).toHaveCount(0);
    await goTo(page, 'Lab');
    await expect(page.locator('.legend-lane', { hasText: 'recorded' }).first()).toBeVisible();
    await expect
      .poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state), { timeout: 60_000 })
      .toBe('activated');
    const headers = await page.evaluate(async () => {
      const answers = await Promise.all(['./', './favicon.svg'].map((file) => fetch(file)));
      return answers.map((answer) => Object.fromEntries(answer.headers));
    });
    for (const sent of headers)
      for (const [name, value] of Object.entries(SECURITY_HEADERS))
        if (name !== 'Content-Security-Policy') expect(sent[name.toLowerCase()], name).toBe(value);
    expect([reports, elsewhere]).toEqual([[], []]);

    // The page keeps its lanes' workers: one of them tries what the policy forbids, and so does the page.
    await page.evaluate(() => {
      document.head.append(Object.assign(document.createElement('style'), { textContent: 'p {}' }));
    });
    await expect.poll(() => reports.join()).toContain('style-src');
    await page.workers()[0]!.evaluate(() => fetch('https://example.invalid/').catch(() => undefined));
    await expect.poll(() => reports.join()).toContain('connect-src');
  } finally {
    await page.close();
    server.close();
    server.closeAllConnections();
  }
});
