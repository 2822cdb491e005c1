/** tf.js backends in Node: WASM and CPU as they are, WebGPU through Dawn (the npm package `webgpu`). */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright';
import { DeviceError, startBackend } from '../src/kernels/device.ts';

export const nodeBackends = ['wasm', 'webgpu', 'cpu'] as const;
export type NodeBackend = (typeof nodeBackends)[number];

/** Starts a backend in this process. Throws {@link DeviceError}. */
export async function startNodeBackend(backend: NodeBackend): Promise<void> {
  if (backend === 'webgpu') await provideWebGpu();
  const require = createRequire(import.meta.url);
  const wasmFiles = `${dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'))}/dist/`;
  await startBackend(backend, { wasmFiles });
}

/** Puts Dawn where tf.js looks for WebGPU. Without a GPU it runs on the SwiftShader that comes with Chromium. */
async function provideWebGpu(): Promise<void> {
  if (process.platform === 'linux' && !process.env['VK_DRIVER_FILES'] && !existsSync('/dev/nvidiactl')) {
    const software = softwareVulkan();
    if (software) {
      process.env['VK_DRIVER_FILES'] = software;
      process.env['VK_ICD_FILENAMES'] = software;
    }
  }
  const { create, globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  Object.defineProperty(globalThis, 'navigator', { value: { gpu: create([]) }, configurable: true });
  if (!(await navigator.gpu.requestAdapter())) {
    throw new DeviceError(
      'WebGPU found no adapter in Node: neither a GPU driver nor the SwiftShader of a Chromium (looked for vk_swiftshader_icd.json).',
    );
  }
}

/** The Vulkan driver description of SwiftShader beside a Chromium, or undefined. */
function softwareVulkan(): string | undefined {
  const folders = [
    process.env['CHROMIUM_PATH'] && dirname(process.env['CHROMIUM_PATH']),
    dirname(chromium.executablePath()),
    '/usr/lib/chromium',
    '/usr/lib/chromium-browser',
    '/opt/google/chrome',
  ];
  return folders
    .filter((folder): folder is string => Boolean(folder))
    .map((folder) => join(folder, 'vk_swiftshader_icd.json'))
    .find((file) => existsSync(file));
}
