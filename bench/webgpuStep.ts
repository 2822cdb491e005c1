/**
 * Milliseconds of a training step on WebGPU, ours beside stock tf.js, in one Chromium: `npm run bench:webgpu`. On the processor
 * (SwiftShader) unless `-- --gpu`; `-- --batch 128`; `-- --ours` leaves stock out, which takes minutes on a processor.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { build } from 'vite';
import { SOFTWARE_WEBGPU, launchOptions } from '../scripts/browser.ts';
import { ensureBrowser } from '../scripts/ensureBrowser.ts';
import { type Measurement, median, saveResult } from './result.ts';
import type * as Page from './webgpuStepPage.ts';

const { values: options } = parseArgs({
  options: {
    gpu: { type: 'boolean', default: false },
    ours: { type: 'boolean', default: false },
    batch: { type: 'string', default: '32' },
    depth: { type: 'string', default: '20' },
  },
});
const [depth, size] = [Number(options.depth), Number(options.batch)];

const server = createServer((request, response) => {
  const script = request.url === '/page.js';
  response.setHeader('content-type', script ? 'text/javascript' : 'text/html');
  response.end(script ? code : '<!doctype html><title>bench</title>');
});
const code = await bundle();
await new Promise<void>((resolve) => server.listen(0, resolve));
const flags = options.gpu ? ['--enable-unsafe-webgpu', '--enable-features=Vulkan'] : SOFTWARE_WEBGPU;
const browser = await chromium.launch(launchOptions(ensureBrowser(), flags));
const page = await browser.newPage();
page.setDefaultTimeout(0);
await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);

const first = await timeOurs();
const stock = options.ours ? [] : await timeStock();
// Again, since other programs may have come or gone meanwhile.
const steps = [...first.steps, ...(await timeOurs()).steps];
const measurements: Measurement[] = [
  spread('ours, a step', steps),
  { label: 'ours, pipelines compiled ahead', value: first.compile, unit: 'ms' },
  { label: 'ours, dispatches a step', value: first.dispatches, unit: '' },
  { label: 'ours, GPU memory', value: first.gpuBytes / 2 ** 20, unit: 'MiB' },
];
if (!options.ours) {
  const ratio = median(stock) / median(steps);
  measurements.push(spread('stock tf.js, a step', stock), {
    label: 'ours, times as fast as stock',
    value: ratio,
    unit: 'x',
  });
}
const version = browser.version();
await browser.close();
server.close();

const result = saveResult({
  name: `webgpu-step-${options.gpu ? 'gpu' : 'software'}-${depth}-${size}`,
  title: `A training step on WebGPU: ResNet-${depth}, batch ${size}`,
  command: `npm run bench:webgpu -- --depth ${depth} --batch ${size}${options.gpu ? ' --gpu' : ''}`,
  settings: { browser: version, adapter: first.adapter, repetitions: steps.length },
  measurements,
});
console.log(JSON.stringify(result, null, 2));

async function timeOurs(): Promise<Page.StepTimes> {
  const times = await page.evaluate(
    async ([module, ...sizes]) => ((await import(module)) as typeof Page).timeOurs(...sizes, 5),
    ['/page.js', depth, size] as const,
  );
  console.log(times);
  return times;
}

async function timeStock(): Promise<number[]> {
  const times = await page.evaluate(
    async ([module, ...sizes]) => ((await import(module)) as typeof Page).timeStock(...sizes, 2),
    ['/page.js', depth, size] as const,
  );
  console.log(times);
  return times;
}

function spread(label: string, times: readonly number[]): Measurement {
  return { label, value: median(times), unit: 'ms', spread: [Math.min(...times), Math.max(...times)] };
}

/** The page's module in one file. */
async function bundle(): Promise<string> {
  const output = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      write: false,
      minify: false,
      lib: { entry: new URL('./webgpuStepPage.ts', import.meta.url).pathname, formats: ['es'] },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  const [files] = output as unknown as [{ output: [{ code: string }] }];
  return files.output[0].code;
}
