/**
 * Draws the icons of the installed page anew out of public/icons/icon.svg: `tsx scripts/icons.ts`. They are in the repository, so that a
 * build needs no browser.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { launchOptions } from './browser.ts';
import { ensureBrowser } from './ensureBrowser.ts';

const folder = join(import.meta.dirname, '../public/icons');
const PAPER = '#fbfaf7';

/** `share` of the side is the drawing; of a maskable icon what lies outside the inner 80% may be cut off, and nothing shows through. */
const icons = [
  { file: 'icon-192.png', side: 192, share: 1, background: 'transparent' },
  { file: 'icon-512.png', side: 512, share: 1, background: 'transparent' },
  { file: 'maskable-512.png', side: 512, share: 0.8, background: PAPER },
  // iOS rounds the corners itself, and makes what shows through black.
  { file: 'apple-180.png', side: 180, share: 0.9, background: PAPER },
] as const;

const drawing = readFileSync(join(folder, 'icon.svg')).toString('base64');
const browser = await chromium.launch(launchOptions(ensureBrowser()));
try {
  const page = await browser.newPage();
  for (const { file, side, share, background } of icons) {
    await page.setViewportSize({ width: side, height: side });
    const inner = Math.round(side * share);
    await page.setContent(
      `<body style="margin:0;display:grid;place-items:center;height:100vh;background:${background}">` +
        `<img width="${inner}" height="${inner}" src="data:image/svg+xml;base64,${drawing}">`,
    );
    const png = await page.screenshot({ omitBackground: true });
    writeFileSync(join(folder, file), png);
    console.log(`${file}: ${png.length} bytes`);
  }
} finally {
  await browser.close();
}
