import { describe, expect, test } from 'vitest';
import { installWebGpu } from '../../../../cli/node/dawn.ts';
import { faults } from '../../../../test/judge.ts';
import { normal, numericCase } from '../../../../test/numericCase.ts';
import { systemClock } from '../../../model/clock.ts';
import { hardwarePlan } from './convPlan.ts';
import { type Tuning, planFor } from './planFor.ts';
import { type WebGpu, startWebGpu } from '../runtime/startWebGpu.ts';
import { createWebGpuOps } from '../webgpuOps.ts';

const missing = await installWebGpu();

function createTuning() {
  const texts = new Map<string, string>();
  let writes = 0;
  const tuning: Tuning = {
    memory: {
      exclusively: (work) => work(),
      read: (key) => Promise.resolve(texts.get(key)),
      write(key, text) {
        writes += 1;
        texts.set(key, text);
        return Promise.resolve();
      },
    },
    seconds: () => systemClock.seconds(),
  };
  return { texts, tuning, writes: () => writes };
}

/** The software adapter, taken for a GPU. */
const start = async (): Promise<WebGpu> => ({ ...(await startWebGpu()), software: false, quads: false });

const convolution = numericCase(
  'a convolution',
  { x: normal([2, 9, 9, 8]), filter: normal([3, 3, 8, 4]), dy: normal([2, 9, 9, 4]) },
  (ops, { x, filter, dy }) => ({
    y: ops.conv2d(x, filter, 1),
    dx: ops.conv2dInputGradient(dy, filter, 1, [2, 9, 9, 8]),
    dFilter: ops.conv2dFilterGradient(x, dy, 1, [3, 3, 8, 4]),
  }),
);

describe.skipIf(missing !== null)(`planFor${missing ? `, SKIPPED: ${missing}` : ''}`, () => {
  test('measures nothing on a software adapter, nor where nothing can be remembered', async () => {
    const gpu = await start();
    const software = planFor({ ...gpu, software: true }, createTuning().tuning);
    expect(software.cooperative).toBe(false);
    expect('tune' in software).toBe(false);
    expect(planFor(gpu)).toBe(hardwarePlan);
  });

  test('chooses when work is prepared, once, remembers it for the adapter, and computes the same', async () => {
    const gpu = await start();
    const { texts, tuning, writes } = createTuning();
    const prepare = async () => {
      const ops = createWebGpuOps(gpu, planFor(gpu, tuning));
      const [x, filter] = [
        ops.upload(new Float32Array(1296), [2, 9, 9, 8]),
        ops.upload(new Float32Array(288), [3, 3, 8, 4]),
      ];
      await ops.prepare!(() => ops.dispose(ops.conv2d(x, filter, 1)));
      [x, filter].forEach((tensor) => ops.dispose(tensor));
      return ops;
    };
    const ops = await prepare();
    expect(await faults(convolution, ops, 1e-5)).toEqual([]);
    const [key, text] = [...texts][0]!;
    expect(key).toContain(gpu.adapter);
    expect(Object.keys(JSON.parse(text) as object)).toEqual(['forward 3x3 stride 1 9x9 8->4, batch 2']);
    await prepare();
    expect(writes()).toBe(1);
  });

  test('measures what is stored in f16 by itself', async () => {
    const gpu = await start();
    const { texts, tuning } = createTuning();
    const ops = createWebGpuOps(gpu, planFor(gpu, tuning), 'f16-storage');
    const [x, dy] = [
      ops.upload(new Float32Array(1296), [2, 9, 9, 8]),
      ops.upload(new Float32Array(648), [2, 9, 9, 4]),
    ];
    await ops.prepare!(() => {
      const stored = ops.padShortcut(x, 1, 8);
      ops.dispose(ops.conv2dFilterGradient(stored, dy, 1, [3, 3, 8, 4]));
      ops.dispose(stored);
    });
    [x, dy].forEach((tensor) => ops.dispose(tensor));
    const [text] = [...texts.values()];
    expect(Object.keys(JSON.parse(text!) as object)).toEqual([
      'filterGradient 3x3 stride 1 9x9 8->4, x in f16, batch 2',
    ]);
  });
});
