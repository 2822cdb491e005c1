/**
 * Pictures of every state of the page: `npm run looks -- OUTDIR [--only lab-training,start] [--sizes 360x800,1280x720]`.
 * The curves are drawn by a fake client (src/app/testing/fake.tsx), so that states that take minutes, or a lost network, are there at
 * once; screenshots.ts makes pictures of a page that truly trains. Says where a page is wider than its window.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright';
import { createServer } from 'vite';
import { launchOptions } from './browser.ts';
import { ensureBrowser } from './ensureBrowser.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const train = (page: Page) => button(page, 'Train').click();
const steps = (page: Page, seconds: number) => page.waitForTimeout(1000 * seconds);
const two = '#e=1p20x8,p56x8;n300;b64;x';
const eight = '#e=1p20x8,p32x8,p44x8,p56x8,r20x8,r32x8,r44x8,r56x8;n300;b64;x';

interface State {
  readonly search?: string;
  readonly hash: string;
  readonly act?: (page: Page) => Promise<void>;
}

/** What the page can look like, by name. */
const states: Readonly<Record<string, State>> = {
  start: { hash: '' },
  'start-training': {
    hash: two,
    act: async (page) => {
      await train(page);
      await button(page, 'Start').click();
      await steps(page, 1);
    },
  },
  'start-trained': {
    search: 'speed=60',
    hash: two,
    act: async (page) => {
      await train(page);
      await steps(page, 3);
      await button(page, 'Start').click();
    },
  },
  'lab-empty': { hash: two },
  'lab-settings': { hash: two, act: (page) => button(page, 'Settings').click() },
  'lab-ready': { search: 'loading=400', hash: two, act: train },
  'lab-training': {
    hash: two,
    act: async (page) => {
      await train(page);
      await steps(page, 3);
    },
  },
  'lab-paused': {
    hash: two,
    act: async (page) => {
      await train(page);
      await steps(page, 2);
      await button(page, 'Pause').click();
    },
  },
  'lab-finished': {
    search: 'speed=60',
    hash: two,
    act: async (page) => {
      await train(page);
      await steps(page, 3);
    },
  },
  'lab-diverged': {
    search: 'speed=60&diverge=plain-56:120',
    hash: two,
    act: async (page) => {
      await train(page);
      await steps(page, 3);
    },
  },
  'lab-failed': {
    search: 'fail=data',
    hash: two,
    act: async (page) => {
      await train(page);
      await steps(page, 1);
    },
  },
  'lab-no-device': { search: 'fail=device', hash: two },
  'lab-offline': {
    search: 'fail=network',
    hash: two,
    act: async (page) => {
      await train(page);
      await steps(page, 1);
    },
  },
  'lab-new-version': {
    search: 'waits=version',
    hash: two,
    act: async (page) => {
      await train(page);
      await steps(page, 1);
    },
  },
  'lab-one': {
    search: 'speed=20',
    hash: '#e=1r20x8;n300;b64;x',
    act: async (page) => {
      await train(page);
      await steps(page, 2);
    },
  },
  'lab-eight': {
    search: 'speed=20',
    hash: eight,
    act: async (page) => {
      await train(page);
      await steps(page, 2);
    },
  },
  'lab-wrong-link': { hash: '#e=1p21;n300' },
  'runs-empty': { hash: '#/runs' },
  runs: {
    search: 'speed=60',
    hash: eight,
    act: async (page) => {
      await train(page);
      await steps(page, 3);
      await button(page, 'Runs').click();
      await steps(page, 1);
    },
  },
};

const SIZES = '360x800,768x1024,1024x768,1280x720,1920x1080';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, sizes: { type: 'string', default: SIZES } },
});
const [folder] = positionals;
const wanted = values.only?.split(',') ?? Object.keys(states);
const unknown = wanted.find((name) => !(name in states));
const sizes = values.sizes.split(',').map((size) => size.split('x').map(Number));
const isWrong = sizes.some(
  (size) => size.length !== 2 || !size.every((pixels) => pixels >= 200 && pixels <= 8000),
);
if (!folder || unknown !== undefined || isWrong) {
  console.error('usage: npm run looks -- OUTDIR [--only STATE,...] [--sizes WIDTHxHEIGHT,...]');
  console.error(`states: ${Object.keys(states).join(' ')}`);
  process.exit(2);
}

mkdirSync(folder, { recursive: true });
const server = await createServer({ server: { port: 0 }, logLevel: 'error' });
await server.listen();
const address = `${server.resolvedUrls?.local[0] ?? ''}src/app/testing/fake.html`;
const browser = await chromium.launch(launchOptions(ensureBrowser()));
try {
  for (const name of wanted) {
    const { search = '', hash, act } = states[name]!;
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    page.on('pageerror', (error) => console.error(`${name}: ${error.message}`));
    await page.goto(`${address}?${search}${hash}`);
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    await page.waitForTimeout(800);
    await act?.(page);
    // One page throughout, so that every picture is of the same training.
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const [width = 0, height = 0] of sizes) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height });
        await page.waitForTimeout(400);
        await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`) });
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (overflow > 0) console.error(`${name} at ${width} px is wider than the window by ${overflow} px`);
      }
    }
    console.log(name);
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
}
