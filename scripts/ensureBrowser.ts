/** Finds a Chromium, and installs one only where there is none. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright';
import { findBrowser } from './browser.ts';

/** One way to get a browser. */
export interface Installer {
  /** What is said before it runs. */
  readonly name: string;
  readonly commands: readonly (readonly [program: string, ...args: string[]])[];
  readonly timeoutSeconds: number;
  /** Only where Playwright's own browser has been downloaded, and so lacks but its system libraries. */
  readonly needsDownload?: true;
}

const HELP = `No Chromium was found and none could be installed. The browser tests need one. Do one of these:
  - npx playwright install --with-deps chromium
  - install Chromium or Google Chrome with the system's packages (Debian, Ubuntu: apt-get install chromium)
  - set CHROMIUM_PATH to the executable of a Chromium`;

/** Debian and what descends from it, by /etc/os-release. */
export function isDebian(release: string): boolean {
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(release);
}

/** The ways that this machine has, in the order in which they are tried. */
export function installers(root: boolean, debian: boolean): Installer[] {
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright/package.json')), 'cli.js');
  const playwright: Installer = {
    name: 'npx playwright install chromium',
    commands: [[process.execPath, cli, 'install', '--no-shell', 'chromium']],
    timeoutSeconds: 300,
  };
  const libraries: Installer = {
    name: 'npx playwright install-deps chromium',
    commands: [[process.execPath, cli, 'install-deps', 'chromium']],
    timeoutSeconds: 900,
    needsDownload: true,
  };
  const apt: Installer = {
    name: 'apt-get install chromium',
    commands: [
      ['apt-get', 'update'],
      // What it recommends are printers and desktops; a page needs a font.
      ['apt-get', 'install', '--yes', '--no-install-recommends', 'chromium', 'fonts-liberation'],
    ],
    timeoutSeconds: 900,
  };
  return root && debian ? [playwright, libraries, apt] : [playwright];
}

function install({ commands, timeoutSeconds }: Installer): void {
  for (const [program, ...args] of commands) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const { status, error } = spawnSync(program, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      timeout: timeoutSeconds * 1000,
      env,
    });
    if (status === 0) continue;
    console.error(`${program} failed: ${error?.message ?? `exit status ${status ?? 'none'}`}`);
    return;
  }
}

/** The executable of a Chromium that starts. Looks first; what it then installs is said on stderr. Throws with help. */
export function ensureBrowser(): string {
  const found = findBrowser();
  if (found) return found;
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  for (const installer of installers(process.getuid?.() === 0, isDebian(release))) {
    if (installer.needsDownload && !existsSync(chromium.executablePath())) continue;
    console.error(`no Chromium here; trying: ${installer.name}`);
    install(installer);
    // A download can succeed and still lack system libraries: findBrowser only returns what starts.
    const installed = findBrowser();
    if (installed) return installed;
  }
  throw new Error(HELP);
}
