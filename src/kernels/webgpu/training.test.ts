import { describe, expect, test, vi } from 'vitest';
import { installWebGpu } from '../../../cli/dawn.ts';
import { describeWholeNets } from '../../../test/wholeNet.ts';
import { parseRun } from '../../model/config.ts';
import { createRandom } from '../../model/random.ts';
import { Trainer } from '../../training/trainer.ts';
import type { DeviceError } from '../device.ts';
import { type ConvPlan, hardwarePlan } from './convPlan.ts';
import type { Kernel } from './kernel.ts';
import { type WebGpuOptions, startWebGpu } from './startWebGpu.ts';
import { createWebGpuOps } from './webgpuOps.ts';

const missing = await installWebGpu();

async function start(options: WebGpuOptions = {}, plan?: ConvPlan) {
  const webGpu = await startWebGpu(options);
  return { backend: webGpu.backend, ops: createWebGpuOps(webGpu, plan) };
}

const run = parseRun({ model: { family: 'cifar', depth: 8, width: 4 }, steps: 1 });

function randomBatch(size: number) {
  const random = createRandom('batch');
  return {
    size,
    images: Float32Array.from({ length: size * 32 * 32 * 3 }, () => random.normal()),
    labels: Uint8Array.from({ length: size }, (_, i) => i % 10),
  };
}

describeWholeNets('webgpu, kernels with workgroup memory', async () => (await start({}, hardwarePlan)).ops, {
  tolerance: 1e-5,
  missing,
  leakSteps: 20,
});

describe.skipIf(missing !== null)(`a WebGPU training step${missing ? `, SKIPPED: ${missing}` : ''}`, () => {
  test('leaves no tensors and no memory behind', async () => {
    const { backend, ops } = await start();
    const trainer = new Trainer(ops, run);
    const batch = randomBatch(4);
    const step = async () => {
      ops.dispose(trainer.step(batch, 0.1).metrics);
      await ops.synchronise();
      const { numBytesAllocatedInGPU } = backend.memory();
      return { tensors: ops.tensorCount(), numBytesAllocatedInGPU };
    };
    for (let i = 0; i < 3; i++) await step();
    const before = await step();
    for (let i = 0; i < 20; i++) await step();
    expect(await step()).toEqual(before);
    trainer.dispose();
    expect(ops.tensorCount()).toBe(0);
  });

  test('takes as many dispatches every time, and reads nothing back', async () => {
    const { backend, ops } = await start();
    const trainer = new Trainer(ops, run);
    const batch = randomBatch(2);
    const read = vi.spyOn(backend, 'read');
    const count = () => {
      const before = backend.dispatches;
      ops.dispose(trainer.step(batch, 0.1).metrics);
      return backend.dispatches - before;
    };
    const first = count();
    expect(count()).toBe(first);
    await ops.synchronise();
    expect(read).not.toHaveBeenCalled();
    trainer.dispose();
  });

  test('finds every pipeline compiled ahead', async () => {
    const { backend, ops } = await start();
    const batch = randomBatch(2);
    const trainer = new Trainer(ops, run);
    const progress: [number, number][] = [];
    const work = () => ops.dispose(trainer.step(batch, 0.1).metrics);
    await backend.compileFor(work, (done, total) => progress.push([done, total]));
    const total = progress[0]![1];
    expect(total).toBeGreaterThan(20);
    expect(progress.map(([done]) => done)).toEqual(Array.from({ length: total + 1 }, (_, i) => i));
    const again: number[] = [];
    await backend.compileFor(work, (_, left) => again.push(left));
    expect(again).toEqual([0]);
    trainer.dispose();
  });

  test('is prepared by compiling, which changes no number and leaves nothing behind', async () => {
    const { backend, ops } = await start();
    const trainer = new Trainer(ops, run);
    const batch = randomBatch(2);
    const wanted = () =>
      backend
        .rehearse(() => ops.dispose(trainer.step(batch, 0.1).metrics))
        .filter(({ label }) => label.startsWith('conv'));
    expect(wanted().length).toBeGreaterThan(5);
    const [weights, tensors] = [await trainer.weights(), ops.tensorCount()];
    await trainer.prepare(batch);
    expect(wanted()).toEqual([]);
    expect(backend.dispatches).toBe(0);
    expect(ops.tensorCount()).toBe(tensors);
    expect(await trainer.weights()).toEqual(weights);
    trainer.dispose();
  });

  test('goes on while weights are read, and they are read as they were', async () => {
    const { ops } = await start();
    const parameters = ops.upload(Float32Array.of(1, 2, 3, 4), [4]);
    const velocity = ops.upload(new Float32Array(4), [4]);
    const gradient = ops.upload(Float32Array.of(1, 1, 1, 1), [4]);
    const hyper = { learningRate: 1, weightDecay: 0, momentum: 0 };
    let state = ops.sgd({ parameters, slots: [velocity] }, gradient, null, hyper);
    const first = ops.download(state.parameters);
    state = ops.sgd(state, gradient, null, hyper);
    expect([...(await first)]).toEqual([0, 1, 2, 3]);
    expect([...(await ops.download(state.parameters))]).toEqual([-1, 0, 1, 2]);
    for (const tensor of [state.parameters, ...state.slots, gradient]) ops.dispose(tensor);
  });

  test('tells once, as a DeviceError, that the device refuses a kernel', async () => {
    const failures: DeviceError[] = [];
    const { backend, ops } = await start({ onFailure: (error) => failures.push(error) });
    const kernel: Kernel = { label: 'broken', wgsl: () => 'fn main( {', workgroups: [1, 1] };
    const output = backend.empty([4]);
    backend.run(kernel, { outputs: [output], inputs: [] });
    await ops.synchronise();
    expect(failures.map(({ name }) => name)).toEqual(['DeviceError']);
    expect(failures[0]!.message).toMatch(/broken/);
    output.dispose();
  });
});
