/** What a person does with the page, in any browser: train, pause, go on, stop, save, look at recorded runs. */
import assert from 'node:assert/strict';
import * as v from 'valibot';
import { sleep, until, type WalkDriver } from './walkDriver.ts';

/** Two nets that take a step in a moment, for more steps than the walk lasts. */
const EXPERIMENT = '#e=1p8x4,r8x4;n5000;b16;a;x';

declare global {
  interface Window {
    /** What went wrong in the page, as it went. */
    walkFaults: string[];
  }
}

const numbers = v.array(v.number());
const texts = v.array(v.string());

/** Throws where something is not as it should be; `say` hears what was seen. */
export async function mainWalk(driver: WalkDriver, url: string, say: (line: string) => void): Promise<void> {
  const read = async <T>(schema: v.GenericSchema<unknown, T>, inPage: () => unknown) =>
    v.parse(schema, await driver.evaluate(inPage));
  const steps = () =>
    read(numbers, () =>
      [...document.querySelectorAll('.lane')].map((lane) => Number(lane.getAttribute('data-step'))),
    );
  const fewest = async () => Math.min(...(await steps()));
  const buttons = () =>
    read(texts, () =>
      [...document.querySelectorAll('button')].map(
        (one) => one.getAttribute('aria-label') ?? one.textContent,
      ),
    );
  const shows = (name: string) =>
    until(`the button ${name}`, 60, async () => (await buttons()).includes(name));

  const save = async (name: string, content: RegExp): Promise<string> => {
    let file: string | undefined;
    await driver.press(name);
    await until(`the file of ${name}`, 30, () => {
      file = driver
        .saved()
        .map((bytes) => bytes.toString('latin1'))
        .find((text) => content.test(text));
      return Promise.resolve(file !== undefined);
    });
    return file!;
  };

  await driver.open(`${url}${EXPERIMENT}`);
  await driver.evaluate(() => {
    window.walkFaults = [];
    addEventListener('error', (event) => window.walkFaults.push(event.message));
    addEventListener('unhandledrejection', (event) => window.walkFaults.push(String(event.reason)));
    document.addEventListener('securitypolicyviolation', (event) =>
      window.walkFaults.push(`${event.violatedDirective} forbids ${event.blockedURI}`),
    );
  });
  assert.ok(await read(v.boolean(), () => crossOriginIsolated), 'the page is not isolated');

  const device = () =>
    read(v.string(), () =>
      [...document.querySelectorAll('.device-why')].map((one) => one.textContent).join(': '),
    );
  await until('a device that is named', 60, async () => /WebAssembly|WebGPU|WebGL/.test(await device()));
  say(`device: ${await device()}`);
  assert.deepEqual(await steps(), [0, 0], 'the link holds two lanes');

  await driver.press('Train');
  await until('three steps of each lane', 120, async () => (await fewest()) >= 3);

  await driver.press('Pause');
  await shows('Resume');
  await sleep(1.5); // a batch that is on its way is still used
  const paused = await steps();
  await sleep(1.5);
  assert.deepEqual(await steps(), paused, 'a pause holds');

  await driver.press('Resume');
  await until('steps after the pause', 60, async () => (await fewest()) > Math.max(...paused));
  await driver.press('Stop');
  await shows('Train');
  say(`steps: ${(await steps()).join(' and ')}`);

  await driver.press('Export, import');
  const table = await save('Runs as CSV', /^lane,name,step,[^]*\r\n$/);
  const [header = '', ...rows] = table.trimEnd().split('\r\n');
  const column = header.split(',').indexOf('step');
  const last = Math.max(...rows.map((row) => Number(row.split(',')[column])));
  assert.ok(last > Math.max(...paused), 'the file holds the steps after the pause');
  await save('Runs as JSON', /^\{[^]*"residual-playground-runs"[^]*\}\s*$/);
  await save('PyTorch script', /^#!.*python3\n/);
  await save('Weights of plain-8', /^.{8}\{[^]*"conv1\.weight"/s);
  await driver.press('Close');
  await save('Save the chart \u201cError, %\u201d as SVG', /^<svg[^]*<\/svg>\s*$/);
  await save('Save the chart \u201cError, %\u201d as PNG', /^.PNG[^]*IEND.{4}$/s);

  await driver.press('Runs');
  await until('the choice of recorded runs', 60, () =>
    read(v.boolean(), () => {
      const label = [...document.querySelectorAll('.runs-origins label')].find((one) =>
        one.textContent.startsWith('Recorded'),
      );
      label?.querySelector('input')?.click();
      return label !== undefined;
    }),
  );
  await driver.press('Show all');
  await until('all of them taken', 60, () =>
    read(v.boolean(), () => {
      const boxes = [...document.querySelectorAll<HTMLInputElement>('.recordings input')];
      return boxes.length > 0 && boxes.every((box) => box.checked);
    }),
  );
  await driver.press('Lab');
  const names = () =>
    read(texts, () => [...document.querySelectorAll('.legend-lane')].map((one) => one.textContent));
  await until('four recorded nets on the charts', 60, async () => {
    const drawn = await names();
    return ['plain-20', 'plain-56', 'ResNet-20', 'ResNet-56'].every((net) =>
      drawn.some((name) => name.startsWith(`${net} recorded`)),
    );
  });
  assert.deepEqual(await read(texts, () => window.walkFaults), [], 'nothing goes wrong on the way');
}
