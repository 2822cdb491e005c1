/**
 * `npm run chaos -- [--times 20] [--seed 1] [--backend wasm|webgpu]`: interrupts a training so many times in real Chromium and compares what is
 * kept with an uninterrupted one. Ends with 1 where anything differs. The page must be built.
 */
import { parseArgs } from 'node:util';
import { systemClock } from '../src/model/clock.ts';
import { createRandom } from '../src/model/random.ts';
import { chaos, drawn } from './chaos/chaos.ts';
import { kinds } from './chaos/interruptions.ts';
import { ensureBrowser } from './ensureBrowser.ts';
import { serve } from './serve.ts';

/** Interruptions of one training; more are spread over several. */
const MOST = 10;

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    backend: { type: 'string', default: 'wasm' },
  },
});
const times = Number(values.times);
const seed = Number(values.seed);
if (!Number.isInteger(times) || times < 1) throw new Error('--times takes a number from 1');
if (!Number.isInteger(seed)) throw new Error('--seed takes a whole number');
if (values.backend !== 'wasm' && values.backend !== 'webgpu')
  throw new Error('--backend takes wasm or webgpu');
const webgpu = values.backend === 'webgpu';

const begun = systemClock.seconds();
const executable = ensureBrowser();
const server = await serve({ port: 0 });
const origin = server.resolvedUrls.local[0] ?? '';
// On WebGPU every second time its device is lost.
const order = drawn(kinds, times, createRandom(seed)).map((kind, i) =>
  webgpu && i % 2 === 0 ? 'device' : kind,
);
let wrong = 0;
try {
  for (let done = 0; done < times; done += MOST) {
    const interruptions = order.slice(done, done + MOST);
    console.log(
      `${interruptions.length} interruptions from seed ${seed + done}: ${interruptions.join(', ')}`,
    );
    // A processor that plays a graphics card takes its time.
    const steps = webgpu ? 40 + 10 * interruptions.length : 60 + 80 * interruptions.length;
    const report = await chaos({ executable, origin, webgpu, seed: seed + done, steps, interruptions, say: console.log }); // prettier-ignore
    for (const line of report.differences) console.log(`  DIFFERENT: ${line}`);
    wrong += report.differences.length;
  }
} finally {
  await server.close();
}
const seconds = Math.round(systemClock.seconds() - begun);
console.log(
  `${times} interruptions on ${values.backend}, seed ${seed}: ${wrong === 0 ? 'every curve, test, setting and run is that of an uninterrupted training' : `${wrong} differences`} (${seconds} s)`,
);
process.exitCode = wrong === 0 ? 0 : 1;
