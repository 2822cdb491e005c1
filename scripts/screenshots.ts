/**
 * Pictures of a page, for looking at it while working: `tsx scripts/screenshots.ts URL OUTDIR [--train SECONDS | --recorded] [--window]`.
 * Widths 360, 1280 and 1920, light and dark; with --train it presses the button "Train" first and waits, with --recorded it watches the
 * recorded runs instead, which is trained, too, and takes a moment. With --window a picture is what is seen without scrolling: so
 * docs/images/page.png is made, of the address without a link.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { launchOptions } from './browser.ts';
import { ensureBrowser } from './ensureBrowser.ts';

const SIZES = [
  { width: 360, height: 800 },
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    train: { type: 'string' },
    recorded: { type: 'boolean', default: false },
    window: { type: 'boolean', default: false },
  },
});
const [url, folder] = positionals;
const trainSeconds = Number(values.train ?? 0);
if (!url || !folder || !Number.isFinite(trainSeconds)) {
  console.error('usage: tsx scripts/screenshots.ts URL OUTDIR [--train SECONDS | --recorded] [--window]');
  process.exit(2);
}

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch(launchOptions(ensureBrowser()));
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => {
    console.error(`page error: ${error.message}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') console.error(`console: ${message.text()}`);
  });
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(url);
  await page.waitForLoadState('load');
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  if (trainSeconds > 0) {
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await page.waitForTimeout(trainSeconds * 1000);
  }
  if (values.recorded) {
    await page.getByRole('button', { name: /^Watch depth hurt/ }).first().click(); // prettier-ignore
    await page.locator('.verdict-recorded').waitFor();
    await page.waitForTimeout(2000);
    await page.evaluate(() => scrollTo(0, 0));
  }
  // One page throughout, so that every picture is of the same training.
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const size of SIZES) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(size);
      await page.waitForTimeout(500);
      const path = join(folder, `${colorScheme}-${size.width}.png`);
      await page.screenshot({ path, fullPage: !values.window });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      console.log(`${path}${overflow > 0 ? ` (wider than the window by ${overflow} px)` : ''}`);
    }
  }
} finally {
  await browser.close();
}
