import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { afterEach, expect, test, vi } from 'vitest';
import { startBackend } from './device.ts';

vi.mock('@tensorflow/tfjs-backend-wasm', () => ({
  setWasmPaths: () => undefined,
  setThreadsCount: () => undefined,
}));
afterEach(() => vi.unstubAllGlobals());

test('a start that failed for want of a file leaves the thread as it was: workers that are started next are real ones', async () => {
  tf.env().registerFlag('WASM_HAS_MULTITHREAD_SUPPORT', () => false);
  const Real = vi.fn();
  vi.stubGlobal('Worker', Real);
  const fetch = vi.fn(() => Promise.resolve(new Response('gone', { status: 404 })));
  vi.stubGlobal('fetch', fetch);
  // As tf.js does: it waits for the file, however long that takes, and starts workers meanwhile.
  let started: unknown;
  tf.registerBackend('wasm', async () => {
    started = globalThis.Worker;
    await globalThis.fetch('http://here/tfjs-backend-wasm.wasm');
    return tf.findBackend('cpu');
  });
  await expect(startBackend('wasm')).rejects.toThrow('/tfjs-backend-wasm.wasm did not arrive: HTTP 404.');
  expect(started).not.toBe(Real);
  expect([globalThis.Worker, globalThis.fetch]).toEqual([Real, fetch]);

  fetch.mockResolvedValue(new Response(Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])));
  await startBackend('wasm');
  expect([globalThis.Worker, globalThis.fetch]).toEqual([Real, fetch]);
});
