import { expect, test } from 'vitest';
import { createOps } from './createOps.ts';

test('refuses 16 bits on any other backend than WebGPU', async () => {
  const resources = {
    loadKernels: () => Promise.reject(new Error('not to be loaded')),
    threads: 1,
    startHelper: () => Promise.reject(new Error('not to be started')),
    precision: 'f16-storage',
  } as const;
  for (const backend of ['wasm', 'webgl', 'cpu'] as const) {
    await expect(createOps(backend, resources)).rejects.toMatchObject({
      name: 'DeviceError',
      message: new RegExp(`webgpu only, not on ${backend}`),
    });
  }
});
