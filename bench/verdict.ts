/**
 * Seconds from a press on Train, on a page opened cold, until the page says that plain-56 does worse, and until the gap is ten
 * points: `npm run bench:verdict`. A real Chromium, the built page (`npm run build` first), the default experiment.
 */
import { chromium } from 'playwright';
import { preview } from 'vite';
import { ensureBrowser } from '../scripts/ensureBrowser.ts';
import { launchOptions } from '../scripts/browser.ts';
import { saveResult } from './result.ts';

const LIMIT_SECONDS = 300;
const seconds = () => performance.now() / 1000;

const server = await preview({ preview: { port: 4189, strictPort: true } });
const browser = await chromium.launch(launchOptions(ensureBrowser()));
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });

const opened = seconds();
await page.goto('http://localhost:4189/');
const train = page.getByRole('button', { name: 'Train', exact: true });
await train.waitFor();
const usable = seconds() - opened;

const pressed = seconds();
await train.click();
await page.locator('.lane:not([data-step="0"])').first().waitFor({ timeout: 60_000 });
const firstStep = seconds() - pressed;
const verdict = page.locator('[role=status][data-has-verdict=true]');
await verdict.waitFor({ timeout: 1000 * LIMIT_SECONDS });
const said = { seconds: seconds() - pressed, text: await verdict.innerText() };
console.log(said.text);

let text = said.text;
const gap = () => Number(/(\d+(?:\.\d+)?)\s*points/.exec(text)?.[1] ?? 0);
while (gap() < 10 && seconds() - pressed < LIMIT_SECONDS) {
  await page.waitForTimeout(250);
  text = await verdict.innerText();
}
const tenPoints = seconds() - pressed;
console.log(text);
const speeds = await page
  .locator('.lane')
  .evaluateAll((lanes) => lanes.map((lane) => lane.getAttribute('data-step')));
await browser.close();
await server.close();

const result = saveResult({
  name: 'verdict',
  title: 'From a cold page to the verdict on the degradation (default experiment)',
  command: 'npm run build && npm run bench:verdict',
  settings: { browser: browser.version(), steps: speeds.join(' and '), gapReached: gap(), verdict: text },
  measurements: [
    { label: 'page usable after navigation', value: usable, unit: 's' },
    { label: 'first step after Train', value: firstStep, unit: 's' },
    { label: 'first verdict after Train', value: said.seconds, unit: 's' },
    { label: 'gap of at least 10 points said after Train', value: tenPoints, unit: 's' },
  ],
});
console.log(JSON.stringify(result, null, 2));
