/** Finds a Chromium that starts: for the browser tests, the screenshots and the benchmarks. Installs nothing. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type LaunchOptions } from 'playwright';

/** What the search asks of the machine; a test gives another one. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly playwright: string;
  exists(path: string): boolean;
  /** Whether the program runs at all: a Chromium without its system libraries exists and does not start. */
  starts(path: string): boolean;
}

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];

const thisMachine: Machine = {
  platform: process.platform,
  env: process.env,
  playwright: chromium.executablePath(),
  exists: existsSync,
  // On Windows `chrome --version` opens a window instead of answering.
  starts: (path) =>
    process.platform === 'win32' ||
    spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0,
};

/** Where a Chromium may be, best first. */
export function candidates(machine: Machine): string[] {
  const { env, platform } = machine;
  if (platform === 'darwin') {
    const applications = ['/Applications', join(env['HOME'] ?? '', 'Applications')];
    const names = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    return applications.flatMap((folder) =>
      names.map((name) => `${folder}/${name}.app/Contents/MacOS/${name}`),
    );
  }
  if (platform === 'win32') {
    const roots = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']];
    const tails = [
      'Google\\Chrome\\Application\\chrome.exe',
      'Chromium\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
    ];
    return roots.flatMap((root) => (root ? tails.map((tail) => `${root}\\${tail}`) : []));
  }
  const folders = [
    '/usr/bin',
    '/usr/local/bin',
    '/snap/bin',
    '/opt/google/chrome',
    ...(env['PATH'] ?? '').split(delimiter),
  ];
  return NAMES.flatMap((name) => folders.filter(Boolean).map((folder) => join(folder, name)));
}

/**
 * The executable of a Chromium: CHROMIUM_PATH, Playwright's own, then the usual places; null where there is none.
 * Throws if CHROMIUM_PATH is set and does not start: who names a browser wants that one.
 */
export function findBrowser(machine: Machine = thisMachine): string | null {
  const asked = machine.env['CHROMIUM_PATH'];
  if (asked) {
    if (machine.exists(asked) && machine.starts(asked)) return asked;
    throw new Error(`CHROMIUM_PATH is set, but this is no Chromium that starts: ${asked}`);
  }
  const places = new Set([machine.playwright, ...candidates(machine)]);
  for (const path of places) if (path && machine.exists(path) && machine.starts(path)) return path;
  return null;
}

/** Flags that give WebGPU on the processor where there is no GPU. Slow: for correctness, never for speed. */
export const SOFTWARE_WEBGPU = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

/** How every script here starts Chromium. `args` are added to the flags. */
export function launchOptions(executablePath: string, args: readonly string[] = []): LaunchOptions {
  // Root cannot have Chromium's sandbox, and containers rarely allow it to anybody. The pages are our own.
  return { executablePath, chromiumSandbox: false, args: [...args] };
}
