/**
 * `npm run background -- [--minutes 120] [--every 5] [--json FILE]`: trains in a tab that stands behind another one, and tells what grows:
 * JavaScript heap of page and workers, tensors, WebAssembly memory, storage; and at which speed it trains in front and behind. The page
 * must be built.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { systemClock } from '../src/model/clock.ts';
import { launchOptions } from './browser.ts';
import { Devtools } from './background/devtools.ts';
import { ensureBrowser } from './ensureBrowser.ts';
import { serve } from './serve.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '120' },
    every: { type: 'string', default: '5' },
    json: { type: 'string' },
  },
});
const minutes = Number(values.minutes);
const every = Number(values.every);
if (!(minutes > 0)) throw new Error('--minutes takes a number above 0');
if (!(every > 0)) throw new Error('--every takes a number above 0');

/** plain-20 and ResNet-20 of 8 filters, batches of 64, a test of 500 images every 1,000 steps; more steps than there is time for. */
const EXPERIMENT = '#e=1p20x8,r20x8;n1000000;b64;t1000_500';

/** What is asked of the page: what it shows of progress, and what the browser stores for it. */
const OF_PAGE = `(async () => {
  const db = await new Promise((resolve, reject) => {
    const request = indexedDB.open('residual-playground');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const count = (store) => new Promise((resolve, reject) => {
    const request = db.transaction(store).objectStore(store).count();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const [moments, packs] = [await count('checkpoints'), await count('points')];
  db.close();
  const { usage } = await navigator.storage.estimate();
  return { title: document.title, isHidden: document.visibilityState === 'hidden', stored: usage, moments, packs };
})()`;
/** tf.js tells its tensors in a global of its own; null in a worker without it. */
const OF_WORKER = `(() => {
  const engine = globalThis._tfengine;
  if (!engine) return null;
  const { numTensors, numBytes } = engine.memory();
  return { numTensors, numBytes, wasm: engine.backend?.wasm?.HEAPU8?.byteLength ?? null };
})()`;

interface Sample {
  readonly minute: number;
  readonly isHidden: boolean;
  readonly step: number;
  /** Bytes, after a garbage collection. */
  readonly pageHeap: number;
  readonly workerHeaps: readonly number[];
  /** Of the training workers. */
  readonly tensors: readonly number[];
  readonly tensorBytes: readonly number[];
  readonly wasmBytes: readonly (number | null)[];
  readonly storedBytes: number;
  /** Checkpoints, and packs of points, that are kept. */
  readonly moments: number;
  readonly packs: number;
}

const seconds = () => systemClock.seconds();
const pause = (length: number) => new Promise((resolve) => setTimeout(resolve, length * 1000));
const server = await serve({ port: 0 });
const origin = server.resolvedUrls.local[0] ?? '';
const executable = ensureBrowser();
const { chromiumSandbox = false, args = [] } = launchOptions(executable);
const browser = await Devtools.launch(executable, [...args, ...(chromiumSandbox ? [] : ['--no-sandbox'])]);
const samples: Sample[] = [];
try {
  const page = await browser.open(`${origin}?backend=wasm${EXPERIMENT}`);
  const pressed = `[...document.querySelectorAll('button')].find((one) => one.textContent.trim() === 'Train' && !one.disabled)`;
  for (let tries = 0; !(await browser.evaluate<boolean>(page.session, `Boolean(${pressed})`)); tries++) {
    if (tries > 60) throw new Error('the page offers no Train');
    await pause(1);
  }
  await browser.evaluate(page.session, `${pressed}.click()`);

  const begun = seconds();
  const sample = async (): Promise<Sample> => {
    const { title, isHidden, stored, moments, packs } = await browser.evaluate<{
      title: string;
      isHidden: boolean;
      stored: number;
      moments: number;
      packs: number;
    }>(page.session, OF_PAGE);
    const workers = [];
    for (const { session } of browser.workers)
      workers.push({
        heap: await browser.heap(session),
        tf: await browser.evaluate<{ numTensors: number; numBytes: number; wasm: number | null } | null>(session, OF_WORKER), // prettier-ignore
      });
    const training = workers.flatMap(({ tf }) => tf ?? []);
    const taken: Sample = {
      minute: Math.round((seconds() - begun) / 6) / 10,
      isHidden,
      step: Number(/(\d[\d,]*)\/[\d,]+/.exec(title)?.[1]?.replaceAll(',', '') ?? NaN),
      pageHeap: await browser.heap(page.session),
      workerHeaps: workers.map(({ heap }) => heap),
      tensors: training.map(({ numTensors }) => numTensors),
      tensorBytes: training.map(({ numBytes }) => numBytes),
      wasmBytes: training.map(({ wasm }) => wasm),
      storedBytes: stored,
      moments,
      packs,
    };
    samples.push(taken);
    console.log(JSON.stringify(taken));
    if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(samples, null, 1));
    return taken;
  };

  // In front, for as long as two samples.
  await pause(20);
  await sample();
  await pause(every * 60);
  await sample();
  await browser.open('about:blank');
  await pause(5);
  const behind = await sample();
  if (!behind.isHidden) throw new Error('the page is not hidden by the tab in front of it');
  while (seconds() - begun < minutes * 60) {
    await pause(every * 60);
    await sample();
  }
} finally {
  browser.close();
  await server.close();
}
