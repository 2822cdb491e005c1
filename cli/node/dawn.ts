/** WebGPU in Node: Dawn (the package `webgpu`), on a GPU or on Chromium's SwiftShader. */
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright';
import { create, globals } from 'webgpu';

/** glibc's RTLD_NODELETE: the library stays loaded, although Node closes what is no add-on. */
const RTLD_NODELETE = 0x1000;
const ICD = 'vk_swiftshader_icd.json';

/**
 * Gives this process `navigator.gpu`, with an adapter behind it. Returns null, or why there is none; then nothing
 * but Dawn's globals has changed.
 */
export function installWebGpu(): Promise<string | null> {
  installed ??= install();
  return installed;
}

/** Once a process: Dawn crashes when its instance is collected while a device of it lives. */
let installed: Promise<string | null> | undefined;

async function install(): Promise<string | null> {
  Object.assign(globalThis, globals);
  const hardware = process.platform !== 'linux' || hasVulkan('libvulkan.so.1') ? await working() : null;
  const gpu = hardware ?? (await swiftShader());
  if (typeof gpu === 'string') return gpu;
  // Node 21 and later have a navigator of their own.
  const navigator = (globalThis as { navigator?: object }).navigator ?? {};
  Object.defineProperty(navigator, 'gpu', { value: gpu, configurable: true });
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true });
  return null;
}

async function swiftShader(): Promise<GPU | string> {
  if (process.platform !== 'linux') return 'WebGPU found no adapter';
  const folder = chromiumFolders().find((path) => existsSync(join(path, ICD)));
  if (!folder) return `no GPU, and no ${ICD} beside a Chromium`;
  // Chromium brings the Vulkan loader too: loaded here, Dawn finds it by name where the system has none.
  if (!hasVulkan('libvulkan.so.1') && !hasVulkan(join(folder, 'libvulkan.so.1'))) return 'no Vulkan loader';
  process.env['VK_DRIVER_FILES'] = process.env['VK_ICD_FILENAMES'] = join(folder, ICD);
  return (await working()) ?? `no adapter with ${join(folder, ICD)}`;
}

/** Dawn, if it has an adapter with the drivers that the environment names. */
async function working(): Promise<GPU | null> {
  const gpu = create([]);
  return (await gpu.requestAdapter()) ? gpu : null;
}

/** Loads a shared library for good. */
function hasVulkan(library: string): boolean {
  try {
    process.dlopen({ exports: {} }, library, constants.dlopen.RTLD_NOW | RTLD_NODELETE);
    return true;
  } catch (error) {
    // It was loaded, and is no add-on of Node.
    return String(error).includes('did not self-register');
  }
}

function chromiumFolders(): string[] {
  return [
    ...(process.env['CHROMIUM_PATH'] ? [dirname(process.env['CHROMIUM_PATH'])] : []),
    dirname(chromium.executablePath()),
    '/usr/lib/chromium',
    '/usr/lib/chromium-browser',
    '/opt/google/chrome',
    '/snap/chromium/current/usr/lib/chromium-browser',
  ];
}
