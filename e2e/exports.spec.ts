/** What is saved from the page is what the workers told, and comes back equal. Real CIFAR-10, real training. */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from 'playwright/test';
import { PNG } from 'pngjs';
import { decodeSafetensors } from '../src/model/safetensors.ts';
import { eventsTold, spyOn, weightsTold } from './spy.ts';
import { setTable } from './framePage.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function saved(page: Page, name: string): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, name).click()]);
  return readFileSync(await download.path());
}

test('CSV, JSON, SVG, PNG, safetensors and the script are saved and read back equal to what was trained', async ({
  page,
}) => {
  await spyOn(page);
  // Narrow: what is saved has the same form.
  await page.goto('./#e=1p20x2,p56x2;n400;b16;x');
  await button(page, 'Train').click();
  await expect
    .poll(
      async () => {
        const lanes = await eventsTold(page);
        return Math.min(...lanes.map(({ steps }) => steps.length), lanes.length === 2 ? Infinity : 0);
      },
      { timeout: 120_000 },
    )
    .toBeGreaterThan(3);
  await button(page, 'Stop').click();
  await expect(button(page, 'Train')).toBeVisible({ timeout: 30_000 });
  const told = await eventsTold(page);

  await button(page, 'Export, import').click();
  const dialog = page.getByRole('dialog', { name: 'Export and import' });
  await expect(dialog).toBeVisible();

  const table = (await saved(page, 'Runs as CSV')).toString();
  expect(table.endsWith('\r\n')).toBe(true);
  const [header, ...rows] = table
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
  const cell = (row: string[], key: string) => row[header!.indexOf(key)]!;
  expect(
    rows.map((row) => [
      cell(row, 'name'),
      ...['step', 'training_loss', 'training_error'].map((key) => Number(cell(row, key))),
    ]),
  ).toEqual(
    told.flatMap(({ steps }, lane) =>
      steps.map(({ loss, error }, i) => [lane === 0 ? 'plain-20' : 'plain-56', i + 1, loss, error]),
    ),
  );

  const json = await saved(page, 'Runs as JSON');
  const file = JSON.parse(json.toString()) as {
    runs: { end: { reason: string }; series: Record<string, number[]> }[];
    experiment: { lanes: unknown[] };
    app: { version: string };
  };
  expect(file).toMatchObject({ format: 'residual-playground-runs', version: 3, device: { backend: 'wasm' } });
  expect(file.experiment.lanes).toHaveLength(2);
  file.runs.forEach(({ end, series }, lane) => {
    expect(end.reason).toBe('stopped');
    expect(series['loss']).toEqual(told[lane]!.steps.map(({ loss }) => loss));
    expect(series['error']).toEqual(told[lane]!.steps.map(({ error }) => error));
    expect(series['learningRate']).toEqual(told[lane]!.steps.map(({ rate }) => rate));
  });

  const files: Buffer[] = [];
  for (const [lane, name] of ['plain-20', 'plain-56'].entries()) {
    const weights = await saved(page, `Weights of ${name}`);
    expect(weights.equals(Buffer.from((await weightsTold(page))[lane]!))).toBe(true);
    files.push(weights);
    const tensors = decodeSafetensors(Uint8Array.from(weights).buffer);
    expect(tensors.get('layer3.0.conv1.weight')?.shape).toEqual([8, 4, 3, 3]);
  }

  const script = (await saved(page, 'PyTorch script')).toString();
  expect(script).toMatch(/^#!.*python3\n/);
  expect(script).toContain('"name": "plain-56"');
  await button(page, 'Close').click();

  await button(page, 'All measures').click();
  const svg = (await saved(page, 'Save the chart \u201cError, %\u201d as SVG')).toString();
  const drawn = await page.evaluate((text) => {
    const picture = new DOMParser().parseFromString(text, 'image/svg+xml');
    return {
      fault: picture.querySelector('parsererror')?.textContent ?? null,
      texts: [...picture.querySelectorAll('text')].map((one) => one.textContent),
    };
  }, svg);
  expect(drawn.fault).toBeNull();
  expect(drawn.texts).toEqual(
    expect.arrayContaining([
      'Error on CIFAR-10, %',
      'plain-20',
      'plain-56',
      'Step',
      'training error, smoothed 0.90, \u00b1 one standard deviation',
    ]),
  );
  // The sizes are the last row, and the link is a code.
  expect(drawn.texts.some((one) => /^2 filters, batch \d+, \d+ of \d+ steps, one seed$/.test(one))).toBe(
    true,
  );
  expect(svg).toContain('shape-rendering="crispEdges"');
  const png = PNG.sync.read(await saved(page, 'Save the chart \u201cLoss\u201d as PNG'));
  expect([png.width, png.height]).toEqual([1600, 900]);
  expect(new Set(new Uint32Array(png.data.buffer, png.data.byteOffset, 1600 * 900)).size).toBeGreaterThan(20);

  // Back onto the page, beside the runs that are there.
  await button(page, 'Export, import').click();
  const chooser = dialog.getByLabel('Runs from a JSON file');
  await chooser.setInputFiles({
    name: 'broken.json',
    mimeType: 'application/json',
    buffer: json.subarray(0, 300),
  });
  await expect(dialog.getByRole('alert')).toContainText('broken.json is not JSON, or was cut short');
  await chooser.setInputFiles({ name: 'runs.json', mimeType: 'application/json', buffer: json });
  await expect(dialog.getByText('runs.json: 2 runs are on the charts now.')).toBeVisible();
  await button(page, 'Close').click();
  await setTable(page, true);
  const cells = page
    .getByRole('group', { name: 'Loss of every lane, as drawn' })
    .locator('td[data-split="training"][data-value]');
  const shown = async () => {
    const all = await cells.evaluateAll((nodes) =>
      nodes.map(
        (node) => [node.getAttribute('data-lane') ?? '', Number(node.getAttribute('data-value'))] as const,
      ),
    );
    const of = (lane: RegExp) => all.flatMap(([id, value]) => (lane.test(id) ? [value] : []));
    return [/^imported-\d+-plain-20$/, /^imported-\d+-plain-56$/, /^plain-20$/, /^plain-56$/].map(of);
  };
  const losses = told.map(({ steps }) => steps.map(({ loss }) => loss));
  await expect.poll(shown).toEqual([...losses, ...losses]);

  // A lane goes on from its weights; those of another net are refused.
  await button(page, 'Export, import').click();
  const weights = dialog.getByLabel('Weights to start a lane from (safetensors)');
  const asFile = { name: 'mine.safetensors', mimeType: 'application/octet-stream', buffer: files[0]! };
  await dialog.getByLabel('Lane', { exact: true }).selectOption('plain-56');
  await weights.setInputFiles(asFile);
  await expect(dialog.getByRole('alert')).toContainText('mine.safetensors is not of plain-56');
  await dialog.getByLabel('Lane', { exact: true }).selectOption('plain-20');
  await weights.setInputFiles(asFile);
  await expect(dialog.getByText('plain-20 starts from mine.safetensors with the next Train.')).toBeVisible();
  await button(page, 'Close').click();
  await button(page, 'Train').click();
  const again = async () => (await eventsTold(page)).slice(2).map(({ steps }) => steps[0]?.loss);
  await expect.poll(again, { timeout: 120_000 }).toEqual([expect.any(Number), losses[1]![0]]);
  expect((await again())[0]).not.toBe(losses[0]![0]);
});
