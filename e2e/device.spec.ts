/** A device that cannot be had is fallen on from with a word, and the link stays. */
import { expect, test, type Page, type Route } from 'playwright/test';
import { openSettings } from './framePage.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
/** What trains and why, below the curve. */
const deviceNote = (page: Page) => page.locator('.device-why');
const hash = (page: Page) => page.evaluate(() => location.hash);

/** A net of one filter, three steps, no last test: plain JavaScript takes seconds for it. */
const LINK = '#e=1p8x1;n3;b8;x';
const trained = (page: Page) =>
  expect(page.locator('.lane').first()).toContainText('Done: 3 steps', { timeout: 120_000 });

const ways: readonly (readonly [string, (route: Route) => Promise<void>, RegExp])[] = [
  [
    'is blocked by a filter',
    (route) => route.abort('blockedbyclient'),
    /\.wasm did not arrive: no answer .*filter/,
  ],
  ['is missing', (route) => route.fulfill({ status: 404, body: 'gone' }), /\.wasm did not arrive: HTTP 404/],
  [
    'is the page of a proxy instead',
    (route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<!doctype html><p>Sign in' }),
    /\.wasm is no WebAssembly: something else \(text\/html\) came instead/,
  ],
];

for (const [what, answer, said] of ways) {
  test(`a WebAssembly file that ${what}: said by name, trained without, the link kept`, async ({ page }) => {
    await page.route('**/*.wasm', answer);
    await page.goto(`./${LINK}`);
    // At once: the run itself may be the first to find out.
    await button(page, 'Train').click();
    await expect(deviceNote(page)).toContainText(said, { timeout: 60_000 });
    await expect(deviceNote(page)).toContainText('Plain JavaScript trains instead');
    await trained(page);
    expect(await hash(page)).toBe(LINK);
    await expect(page.getByRole('alert')).toHaveCount(0);

    if (what !== 'is missing') return;
    await page.unroute('**/*.wasm');
    await button(page, 'Try WebAssembly again').click();
    await expect(deviceNote(page)).toContainText('WebAssembly, processor');
    await expect(deviceNote(page)).not.toContainText('did not arrive');
    await button(page, 'Train').click();
    await trained(page);
    expect(await hash(page)).toBe(LINK);
  });
}

test('only the kernels of our own are blocked: the same', async ({ page }) => {
  await page.route('**/kernels-*.wasm', (route) => route.abort());
  await page.goto(`./${LINK}`);
  await expect(deviceNote(page)).toContainText(
    /WebAssembly cannot be used: .*kernels-[^ ]*\.wasm did not arrive/,
    {
      timeout: 60_000,
    },
  );
  await button(page, 'Train').click();
  await trained(page);
});

test('?backend=webgpu without WebGPU: WebAssembly trains, with a word, and the link for others leaves it out', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'gpu'));
  await page.goto(`./?backend=webgpu&precision=f16${LINK}`);
  await expect(deviceNote(page)).toContainText(
    'WebGPU was asked for in the address (?backend=webgpu), but this browser has no WebGPU.',
  );
  await expect(deviceNote(page)).toContainText('WebAssembly trains instead');
  await expect(deviceNote(page)).toContainText('only WebGPU stores activations in 16 bits');
  await button(page, 'Train').click();
  await trained(page);
  expect(await hash(page)).toBe(LINK);

  await button(page, 'Copy link').click();
  await expect(page.getByRole('status').filter({ hasText: 'Link copied' })).toBeAttached();
  const { origin, pathname } = new URL(page.url());
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${origin}${pathname}${LINK}`);

  await openSettings(page);
  await expect(page.locator('.computed-by')).toContainText(
    /plain-8: WebAssembly, WASM SIMD( relaxed)?, \d threads?, .*\d+ on /,
  );
});
