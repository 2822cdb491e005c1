/** Which browsers other than Chromium this machine has, and how each is driven. Installs nothing. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { firefox, webkit } from 'playwright';
import { openPlaywright } from './playwrightDriver.ts';
import { openWebKitGtk } from './webKitGtk.ts';
import type { WalkDriver } from './walkDriver.ts';

export const ENGINES = ['firefox', 'webkit'] as const;
export type Engine = (typeof ENGINES)[number];

/** What the search asks of the machine; a test gives another one. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The executables of Playwright's own builds, there or not. */
  readonly playwright: Readonly<Record<Engine, string>>;
  readonly exists: (path: string) => boolean;
}

export interface Candidate {
  /** What it is and where it lies. */
  readonly name: string;
  /** Throws if it does not start. */
  open(): Promise<WalkDriver>;
}

const thisMachine = (): Machine => ({
  platform: process.platform,
  env: process.env,
  playwright: { firefox: firefox.executablePath(), webkit: webkit.executablePath() },
  exists: existsSync,
});

/** How each engine is got. */
export const HELP: Readonly<Record<Engine, string>> = {
  firefox:
    'npx playwright install --with-deps firefox, or Firefox by the system\u2019s packages (Debian: apt-get install firefox-esr), or FIREFOX_PATH',
  webkit:
    'npx playwright install --with-deps webkit, or on Debian: apt-get install --no-install-recommends webkit2gtk-driver xvfb',
};

/** The browsers of an engine that are here, best first. */
export function candidates(engine: Engine, machine: Machine = thisMachine()): Candidate[] {
  const own = machine.playwright[engine];
  const theirs = engine === 'firefox' ? systemFirefox(machine) : webKitGtk(machine);
  if (!machine.exists(own)) return theirs;
  return [{ name: `Playwright\u2019s own, ${own}`, open: () => openPlaywright(engine) }, ...theirs];
}

function systemFirefox({ platform, env, exists }: Machine): Candidate[] {
  const asked = env['FIREFOX_PATH'];
  const names = ['firefox-esr', 'firefox'];
  const folders = ['/usr/bin', '/usr/local/bin', ...(env['PATH'] ?? '').split(delimiter)];
  const places =
    platform === 'darwin'
      ? ['/Applications/Firefox.app/Contents/MacOS/firefox']
      : platform === 'win32'
        ? [`${env['PROGRAMFILES'] ?? 'C:\\Program Files'}\\Mozilla Firefox\\firefox.exe`]
        : names.flatMap((name) => folders.filter(Boolean).map((folder) => join(folder, name)));
  return [...new Set(asked ? [asked] : places)]
    .filter(exists)
    .map((path) => ({ name: path, open: () => openPlaywright('firefox', path) }));
}

function webKitGtk({ platform, exists }: Machine): Candidate[] {
  const driver = '/usr/bin/WebKitWebDriver';
  const display = '/usr/bin/Xvfb';
  if (platform !== 'linux' || !exists(driver) || !exists(display)) return [];
  // Debian's, Fedora's and Arch's places.
  const folders = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/libexec', '/usr/lib'];
  const names = ['webkit2gtk-4.1', 'webkitgtk-6.0', 'webkit2gtk-4.0'];
  return folders
    .flatMap((folder) => names.map((name) => `${folder}/${name}/MiniBrowser`))
    .filter(exists)
    .map((browser) => ({ name: browser, open: () => openWebKitGtk({ driver, browser, display }) }));
}
