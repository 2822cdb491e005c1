/** What only a browser shows of the drawing: that it stays inside its chart, without colours, and in pictures. */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from 'playwright/test';
import { runOfLane, type RunConfig } from '../src/model/config.ts';
import { defaultExperiment } from '../src/model/presets.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const values = (value: (i: number) => number) => Array.from({ length: 99 }, (_, i) => value(i));

interface Logged {
  readonly name: string;
  readonly error?: readonly number[];
  readonly loss?: readonly number[];
  readonly learningRate?: readonly number[];
  readonly config?: RunConfig;
}

/** A run that was logged at every tenth step, as "Runs as JSON" writes it. */
const record = ({ name, config, ...series }: Logged) => ({
  lane: name,
  name,
  config: config ?? null,
  state: 'ended',
  step: 990,
  end: null,
  loggedSteps: values((i) => 10 * (i + 1)),
  series: { loss: [], error: [], learningRate: [], epoch: [], trainingSeconds: [], ...series },
  speed: { steps: [], imagesPerSecond: [] },
  evaluations: [],
});

const forty = Array.from({ length: 40 }, (_, run): Logged => ({
  name: `run${String(run).padStart(2, '0')}`,
  loss: values((i) => 2.3 - 0.01 * i - 0.01 * run),
  error: values((i) => 0.9 - 0.003 * i - 0.004 * run),
}));

async function showRuns(page: Page, runs: readonly Logged[]): Promise<void> {
  const file = { format: 'residual-playground-runs', version: 3, experiment: null, runs: runs.map(record) };
  await button(page, 'Export, import').click();
  const dialog = page.getByRole('dialog', { name: 'Export and import' });
  await dialog.getByLabel('Runs from a JSON file').setInputFiles({
    name: 'runs.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(file)),
  });
  await expect(dialog.getByText(/runs.json: .* on the charts now/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
}

test('names stay in their chart and the others are counted; small values are read whole; the reading stays on a phone', async ({
  page,
}) => {
  await page.goto('./#/lab');
  const long = 'a run with a very long name that nobody would read on a phone';
  await showRuns(page, [...forty, { name: long, error: values(() => 0.5), learningRate: values(() => 0.00015) }]); // prettier-ignore
  await button(page, 'All measures').click();
  for (const quantity of ['error', 'loss']) {
    const chart = page.locator(`[data-chart="${quantity}"]`);
    await chart.scrollIntoViewIfNeeded();
    await expect(chart.locator('.end-more')).toHaveText(/^\+\d+ more$/);
    const box = (await chart.boundingBox())!;
    const names = chart.locator('.end-name, .end-more');
    for (const name of await names.all()) {
      const own = (await name.boundingBox())!;
      expect(own.y).toBeGreaterThanOrEqual(box.y - 1);
      expect(own.y + own.height).toBeLessThanOrEqual(box.y + box.height + 1);
      expect(own.x + own.width).toBeLessThanOrEqual(box.x + box.width + 1);
    }
    const shown = await chart.locator('.end-name').count();
    const more = Number((await chart.locator('.end-more').textContent())!.match(/\d+/)![0]);
    const lines = quantity === 'error' ? 41 : 40;
    expect(shown + more).toBe(lines);
  }

  const rates = page.locator('[data-chart="rate"]');
  await rates.scrollIntoViewIfNeeded();
  const ticks = rates.locator('[data-ticks="y"] text');
  await expect.poll(async () => (await ticks.allTextContents()).join(' ')).toMatch(/1e-4/);
  const left = (await rates.boundingBox())!.x;
  for (const tick of await ticks.all()) expect((await tick.boundingBox())!.x).toBeGreaterThanOrEqual(left - 0.5); // prettier-ignore

  await page.setViewportSize({ width: 360, height: 740 });
  const surface = page.getByRole('group', { name: /^Error, %: chart/ });
  await surface.scrollIntoViewIfNeeded();
  for (const across of [0.16, 0.4, 0.62]) {
    // The chart finds its new width first.
    await expect(async () => {
      const box = (await surface.boundingBox())!;
      await page.mouse.move(box.x + across * box.width, box.y + box.height / 2);
      const reading = (await page.locator('.reading').boundingBox({ timeout: 1000 }))!;
      expect(reading.x).toBeGreaterThanOrEqual(0);
      expect(reading.x + reading.width).toBeLessThanOrEqual(360);
    }).toPass();
  }
});

test('where the system gives the colours, lines keep their own', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto('./#/lab');
  const experiment = defaultExperiment('cpu');
  const config = runOfLane(experiment, experiment.lanes[0]!);
  const trained = (block: 'plain' | 'basic', error: number): Logged => ({
    name: block,
    error: values(() => error),
    loss: values(() => 2),
    config: { ...config, model: { ...config.model, block } },
  });
  await showRuns(page, [trained('plain', 0.8), trained('basic', 0.6)]);
  const canvas = page.locator('[data-chart="error"] canvas.chart-lines');
  await canvas.scrollIntoViewIfNeeded();
  /** Colours of which there is much, as "warm" or "cool". */
  const hues = () =>
    canvas.evaluate((element) => {
      const area = element as HTMLCanvasElement;
      const { data } = area.getContext('2d')!.getImageData(0, 0, area.width, area.height);
      const counts = { warm: 0, cool: 0 };
      for (let i = 0; i < data.length; i += 4) {
        if (data[i + 3]! < 60 || Math.abs(data[i]! - data[i + 2]!) < 40) continue;
        counts[data[i]! > data[i + 2]! ? 'warm' : 'cool']++;
      }
      return counts.warm > 50 && counts.cool > 50;
    });
  await expect.poll(hues).toBe(true);
  const marks = page.locator('.legend .lane-mark line');
  const strokes = await marks.evaluateAll((lines) => lines.map((line) => getComputedStyle(line).stroke));
  expect(new Set(strokes).size).toBe(2);
});

for (const [name, spoil] of [
  ['what is read of a canvas', 'getImageData'],
  ['what is saved of a canvas', 'toBlob'],
] as const) {
  test(`where the browser changes ${name}, no PNG is saved, and the SVG is offered`, async ({ page }) => {
    await page.addInitScript((method) => {
      const noise = (data: Uint8ClampedArray) => {
        for (let i = 0; i < data.length; i += 4) data[i] = (data[i]! * 31 + i) % 256;
      };
      // eslint-disable-next-line @typescript-eslint/unbound-method -- called by `apply`, on whatever it is asked of
      const { getImageData } = CanvasRenderingContext2D.prototype;
      if (method === 'getImageData') {
        CanvasRenderingContext2D.prototype.getImageData = function (
          ...given: [number, number, number, number]
        ) {
          // prettier-ignore
          const image = getImageData.apply(this, given);
          noise(image.data);
          return image;
        };
      } else {
        // eslint-disable-next-line @typescript-eslint/unbound-method -- called by `apply`, on whatever it is asked of
        const { toBlob } = HTMLCanvasElement.prototype;
        HTMLCanvasElement.prototype.toBlob = function (...given: Parameters<typeof toBlob>) {
          const context = this.getContext('2d')!;
          const image = getImageData.call(context, 0, 0, this.width, this.height);
          noise(image.data);
          context.putImageData(image, 0, 0);
          toBlob.apply(this, given);
        };
      }
    }, spoil);
    await page.goto('./#/lab');
    await showRuns(page, forty.slice(0, 2));
    let downloads = 0;
    page.on('download', () => downloads++);
    await button(page, 'Save the chart \u201cError, %\u201d as PNG').click();
    await expect(page.getByText(/this browser changes the pixels/)).toBeVisible();
    expect(downloads).toBe(0);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      button(page, 'Save as SVG').click(),
    ]);
    expect(download.suggestedFilename()).toBe('residual-playground-error.svg');
    expect(readFileSync(await download.path(), 'utf8')).toContain('>run00 (imported)<');
    await expect(page.getByText(/this browser changes the pixels/)).toBeHidden();
  });
}
