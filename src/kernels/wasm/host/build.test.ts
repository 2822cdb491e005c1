/** What the operations say of themselves is what computes. */
import { readFile } from 'node:fs/promises';
import { expect, test, vi } from 'vitest';
import { openNodeOps, startNodeBackend } from '../../../../cli/node/nodeDevice.ts';
import { createOps } from '../../createOps.ts';
import { takesRelaxedSimd, type KernelVariant } from './loadKernels.ts';

const best = takesRelaxedSimd() ? 'wasm-simd-relaxed' : 'wasm-simd';
const loadKernels = async (variant: KernelVariant) =>
  Uint8Array.from(await readFile(new URL(`../build/kernels-${variant}.wasm`, import.meta.url)));

test('two threads, and the kernels that this engine takes', async () => {
  expect((await openNodeOps('wasm', { threads: 2 })).build).toEqual({
    kernels: best,
    threads: 2,
    adapter: '',
  });
});

test('helper threads that do not start are done without, and not counted', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  await startNodeBackend('wasm', 2);
  const startHelper = () => Promise.reject(new Error('helperWorker.js did not arrive'));
  const ops = await createOps('wasm', { loadKernels, threads: 2, startHelper });
  expect(ops.build).toEqual({ kernels: best, threads: 1, adapter: '' });
  const sum = ops.add(
    ops.upload(Float32Array.of(1, 2, 3, 4), [4]),
    ops.upload(Float32Array.of(1, 1, 1, 1), [4]),
  );
  expect([...(await ops.download(sum))]).toEqual([2, 3, 4, 5]);
  expect(warn).toHaveBeenCalledTimes(1);
});

test('kernels that do not compile are a fault of the device, as are those that do not arrive', async () => {
  await startNodeBackend('wasm');
  const open = (load: () => Promise<Uint8Array<ArrayBuffer>>) =>
    createOps('wasm', { loadKernels: load, threads: 1, startHelper: () => Promise.resolve() });
  await expect(open(() => Promise.resolve(Uint8Array.of(0, 0x61, 0x73, 0x6d, 9)))).rejects.toMatchObject({
    name: 'DeviceError',
    message: expect.stringContaining('did not take the WebAssembly of the kernels') as string,
  });
});
