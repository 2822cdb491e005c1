import { expect, test } from 'vitest';
import { candidates, findBrowser, type Machine } from './browser.ts';
import { installers, isDebian } from './ensureBrowser.ts';

function machine(there: readonly string[], more: Partial<Machine> = {}): Machine {
  return {
    platform: 'linux',
    env: { PATH: '/home/me/bin' },
    playwright: '/cache/chrome',
    exists: (path) => there.includes(path),
    starts: () => true,
    ...more,
  };
}

test('what is asked for comes first, then Playwright, then the system', () => {
  const all = ['/mine', '/cache/chrome', '/usr/bin/chromium', '/home/me/bin/google-chrome'];
  expect(findBrowser(machine(all, { env: { CHROMIUM_PATH: '/mine' } }))).toBe('/mine');
  expect(findBrowser(machine(all))).toBe('/cache/chrome');
  expect(findBrowser(machine(all.slice(2)))).toBe('/usr/bin/chromium');
  expect(findBrowser(machine(all.slice(3)))).toBe('/home/me/bin/google-chrome');
  expect(findBrowser(machine([]))).toBeNull();
});

test('a browser that does not start is passed over, but not in silence where it was asked for', () => {
  const starts = (path: string) => path !== '/cache/chrome';
  expect(findBrowser(machine(['/cache/chrome', '/usr/bin/chromium'], { starts }))).toBe('/usr/bin/chromium');
  const asked = machine(['/cache/chrome', '/usr/bin/chromium'], {
    starts,
    env: { CHROMIUM_PATH: '/cache/chrome' },
  });
  expect(() => findBrowser(asked)).toThrow('/cache/chrome');
});

test('macOS and Windows have their own places', () => {
  const mac = candidates(machine([], { platform: 'darwin', env: { HOME: '/Users/me' } }));
  expect(mac).toContain('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome');
  const windows = candidates(machine([], { platform: 'win32', env: { PROGRAMFILES: 'C:\\Program Files' } }));
  expect(windows).toContain('C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe');
});

test('packages of the system are only for root on Debian and its family', () => {
  expect(isDebian('PRETTY_NAME="Debian"\nID=debian\n')).toBe(true);
  expect(isDebian('ID=linuxmint\nID_LIKE="ubuntu debian"\n')).toBe(true);
  expect(isDebian('ID=fedora\n')).toBe(false);
  const first = (list: ReturnType<typeof installers>) => list.map((installer) => installer.commands[0]?.[0]);
  expect(first(installers(true, true))).toEqual([process.execPath, process.execPath, 'apt-get']);
  expect(first(installers(false, true))).toEqual([process.execPath]);
  expect(first(installers(true, false))).toEqual([process.execPath]);
});
