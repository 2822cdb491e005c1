/** Runs benchmarks: `npm run bench`, `npm run bench -- --only wasm,kernels --json FILE`, `npm run bench -- --quick`. */
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Benchmark } from './benchmark.ts';
import { describeRun, type BenchResult, saveResult } from './result.ts';
import { charts } from './suite/charts.ts';
import { coldStart } from './suite/coldStart.ts';
import { keeping } from './suite/keeping.ts';
import { dawnKernels, wasmKernels, webGpuKernels } from './suite/kernels.ts';
import { library } from './suite/library.ts';
import { logs } from './suite/logs.ts';
import { looking } from './suite/looking.ts';
import { memory } from './suite/memory.ts';
import { opening } from './suite/opening.ts';
import { page } from './suite/page.ts';
import { recompute } from './suite/recompute.ts';
import { verdict } from './suite/verdict.ts';
import { wasm } from './suite/wasm.ts';
import { dawn, webgpu } from './suite/webgpu.ts';

const benchmarks: readonly Benchmark[] = [
  wasm,
  wasmKernels,
  webgpu,
  webGpuKernels,
  dawn,
  dawnKernels,
  coldStart,
  memory,
  keeping,
  recompute,
  page,
  opening,
  charts,
  library,
  logs,
  looking,
  verdict,
];

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    json: { type: 'string' },
    quick: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
});
const wanted = values.only?.split(',') ?? benchmarks.map(({ name }) => name);
const unknown = wanted.find((name) => !benchmarks.some((benchmark) => benchmark.name === name));
if (unknown !== undefined || values.list) {
  if (unknown !== undefined) console.error(`There is no benchmark ${unknown}. There are:`);
  for (const { name, title } of benchmarks) console.log(`  ${name.padEnd(10)} ${title}`);
  process.exit(unknown === undefined ? 0 : 1);
}

// Asked now: after half an hour it would be too late.
if (values.json !== undefined) {
  try {
    closeSync(openSync(values.json, 'a'));
  } catch (error) {
    console.error(
      `--json ${values.json} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    );
    process.exit(1);
  }
}

/** A benchmark that hangs ends the whole run: what it has left behind would slow the others. */
const LIMIT_MINUTES = values.quick ? 6 : 25;
const limit = (name: string) =>
  setTimeout(() => {
    console.error(`${name} took more than ${LIMIT_MINUTES} minutes`);
    finish(1);
  }, 60_000 * LIMIT_MINUTES);

/** Playwright's browsers and our processes end with this one. */
function finish(status: number): never {
  if (values.json) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
  process.exit(status);
}

const results: BenchResult[] = [];
let failed = false;
for (const { name, title, onGpu, run } of benchmarks.filter((benchmark) => wanted.includes(benchmark.name))) {
  console.log(`${name}: ${title}`);
  const timer = limit(name);
  try {
    const outcome = await run({ quick: values.quick });
    const command = `npm run bench -- --only ${name}`;
    const about =
      onGpu && process.env['BENCH_GPU'] !== undefined
        ? { name: `${name}-gpu`, title: `${title}, on a GPU`, command: `BENCH_GPU=1 ${command}` }
        : { name, title, command };
    const result = describeRun({ ...about, ...outcome });
    results.push(result);
    for (const { label, value, unit } of result.measurements) {
      console.log(`  ${label}: ${value.toPrecision(4)} ${unit}`);
    }
    // A quick run is rough: what is kept was measured at leisure.
    if (!values.quick) saveResult(result);
  } catch (error) {
    console.error(`${name} failed:`, error);
    failed = true;
  }
  clearTimeout(timer);
}
finish(failed ? 1 : 0);
