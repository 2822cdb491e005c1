/** A chart that is printed or photographed with the whole page is drawn, although nobody ever scrolled to it. */
import { expect, test, type Page } from 'playwright/test';
import { PNG } from 'pngjs';
import { button } from './framePage.ts';

const values = (value: (i: number) => number) => Array.from({ length: 400 }, (_, i) => value(i));
const record = (name: string, from: number) => ({
  lane: name,
  name,
  config: null,
  state: 'ended',
  step: 400,
  end: null,
  loggedSteps: values((i) => i + 1),
  series: {
    loss: values((i) => 2.3 * from - i / 400),
    error: values((i) => 0.9 * from - i / 1000),
    learningRate: values(() => 0.1 * from),
    epoch: [],
    trainingSeconds: [],
  },
  speed: { steps: values((i) => i + 1), imagesPerSecond: values((i) => 900 * from + i) },
  evaluations: [],
});

/** Puts two runs on the charts, with all measures below the large one, and stays at the top of the page. */
async function open(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 500 });
  await page.goto('./#/lab');
  await button(page, 'All measures').click();
  await button(page, 'Export, import').click();
  const dialog = page.getByRole('dialog', { name: 'Export and import' });
  const file = { format: 'residual-playground-runs', version: 3, experiment: null, runs: [record('a', 1), record('b', 0.8)] }; // prettier-ignore
  await dialog.getByLabel('Runs from a JSON file').setInputFiles({
    name: 'runs.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(file)),
  });
  await expect(dialog.getByText(/on the charts now/)).toBeVisible();
  await page.keyboard.press('Escape');
  await page.evaluate(() => scrollTo(0, 0));
  await expect(page.locator('[data-chart="speed"] [data-curve]')).toHaveCount(2);
}

/** Which charts have painted lines and named axes. */
const drawn = (page: Page) =>
  page.locator('[data-chart]').evaluateAll((charts) =>
    charts
      .filter((chart) => {
        const canvas = chart.querySelector('canvas')!;
        if (canvas.width === 0) return false;
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        let painted = 0;
        for (let i = 3; i < data.length; i += 4) painted += Number(data[i]! > 60);
        return painted > 300 && chart.querySelectorAll('[data-ticks="x"] text').length > 1;
      })
      .map((chart) => chart.getAttribute('data-chart')),
  );
const WITH_LINES = ['error', 'loss', 'rate', 'speed'];

test('a picture of the whole page has every chart, and no axis that is fading', async ({ page }) => {
  await open(page);
  await expect.poll(() => drawn(page)).toEqual(WITH_LINES);
  await expect(page.locator('.chart-frame[data-true="false"]')).toHaveCount(0);
  expect(await page.evaluate(() => scrollY)).toBe(0);
  const picture = PNG.sync.read(await page.screenshot({ fullPage: true }));
  expect(picture.height).toBeGreaterThan(900);
});

test('a print has every chart in the colours of paper, at once', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await open(page);
  const axis = page.locator('[data-chart="speed"] .chart-axis');
  const ink = () => axis.evaluate((text) => getComputedStyle(text).fill);
  const onScreen = await ink();
  /** How light the lines of the last chart are, 0 to 255. */
  const lightness = () =>
    page.locator('[data-chart="speed"] canvas').evaluate((node) => {
      const { data } = (node as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, (node as HTMLCanvasElement).width, (node as HTMLCanvasElement).height); // prettier-ignore
      let [sum, count] = [0, 0];
      for (let i = 0; i < data.length; i += 4) {
        if (data[i + 3]! < 100) continue;
        sum += data[i]! + data[i + 1]! + data[i + 2]!;
        count++;
      }
      return sum / count / 3;
    });
  await expect.poll(lightness).toBeGreaterThan(0);
  const before = await lightness();
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  // Without a frame in between: a browser prints what is there when it has told.
  expect(await drawn(page)).toEqual(WITH_LINES);
  expect(await lightness()).toBeLessThan(before);
  expect(await ink()).not.toBe(onScreen);
  expect((await page.pdf()).byteLength).toBeGreaterThan(10_000);
});
