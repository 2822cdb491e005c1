/**
 * Pictures of every state of the page: `npm run looks -- OUTDIR [--only lab-training,start] [--sizes 360x800,1280x720]`, or with `--docs`
 * a sheet of each state for docs/look. The curves are drawn by a fake client, so that states that take minutes, or a lost network, are
 * there at once; screenshots.ts makes pictures of a page that truly trains. Says where a page is wider than its window.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { launchOptions } from './browser.ts';
import { ensureBrowser } from './ensureBrowser.ts';
import { pageStates } from './looks/pageStates.ts';
import { photographState, type Look, type Size } from './looks/photographState.ts';
import { makeSheet, SHEET_SIZES } from './looks/makeSheet.ts';

const SIZES = '360x800,768x1024,1024x768,1280x720,1920x1080';
const DOCS = 'docs/look';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    sizes: { type: 'string', default: SIZES },
    docs: { type: 'boolean', default: false },
  },
});
const folder = values.docs ? DOCS : positionals[0];
const wanted = values.only?.split(',') ?? Object.keys(pageStates);
const unknown = wanted.find((name) => !(name in pageStates));
const sizes = values.sizes.split(',').map(sizeOf);
if (!folder || unknown !== undefined || sizes.includes(null)) {
  console.error('usage: npm run looks -- OUTDIR [--only STATE,...] [--sizes WIDTHxHEIGHT,...]');
  console.error(`       npm run looks -- --docs [--only STATE,...]   # the sheets in ${DOCS}`);
  console.error(`states: ${Object.keys(pageStates).join(' ')}`);
  process.exit(2);
}

mkdirSync(folder, { recursive: true });
const server = await createServer({ server: { port: 0 }, logLevel: 'error' });
await server.listen();
const address = `${server.resolvedUrls?.local[0] ?? ''}src/app/testing/fake.html`;
const browser = await chromium.launch(launchOptions(ensureBrowser()));
try {
  for (const name of wanted) {
    const state = pageStates[name]!;
    const asked = values.docs ? SHEET_SIZES : sizes.filter((size) => size !== null);
    const looks = await photographState(browser, address, state, asked, (fault) =>
      console.error(`${name}: ${fault}`),
    );
    if (values.docs) writeFileSync(join(folder, `${name}.webp`), await makeSheet(browser, looks));
    else for (const look of looks) writeFileSync(join(folder, fileOf(name, look)), look.png);
    console.log(name);
  }
} finally {
  await browser.close();
  await server.close();
}

function sizeOf(text: string): Size | null {
  const [width = 0, height = 0, ...rest] = text.split('x').map(Number);
  const isSide = (pixels: number) => pixels >= 200 && pixels <= 8000;
  return isSide(width) && isSide(height) && rest.length === 0 ? { width, height } : null;
}

function fileOf(name: string, { width, scheme }: Look): string {
  return `${name}-${width}-${scheme}.png`;
}
