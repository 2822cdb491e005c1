import { expect, test } from 'vitest';
import { candidates, type Machine } from './engines.ts';

const MINI_BROWSER = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';

function machine(there: readonly string[], more: Partial<Machine> = {}): Machine {
  return {
    platform: 'linux',
    env: { PATH: '/home/me/bin' },
    playwright: { firefox: '/cache/firefox', webkit: '/cache/webkit' },
    exists: (path) => there.includes(path),
    ...more,
  };
}

const names = (...asked: Parameters<typeof candidates>) => candidates(...asked).map(({ name }) => name);

test('Playwright\u2019s own come first, then those of the system; where there is none there is no candidate', () => {
  const all = ['/cache/firefox', '/usr/bin/firefox-esr', '/home/me/bin/firefox'];
  expect(names('firefox', machine(all))).toEqual([
    'Playwright\u2019s own, /cache/firefox',
    '/usr/bin/firefox-esr',
    '/home/me/bin/firefox',
  ]);
  expect(names('firefox', machine(all, { env: { FIREFOX_PATH: '/usr/bin/firefox-esr' } })).slice(1)).toEqual([
    '/usr/bin/firefox-esr',
  ]);
  expect(names('firefox', machine([]))).toEqual([]);
  expect(names('webkit', machine(['/cache/webkit']))).toEqual(['Playwright\u2019s own, /cache/webkit']);
});

test('WebKitGTK needs its driver, its browser and a display', () => {
  const all = ['/usr/bin/WebKitWebDriver', '/usr/bin/Xvfb', MINI_BROWSER];
  expect(names('webkit', machine(all))).toEqual([MINI_BROWSER]);
  for (const missing of all)
    expect(names('webkit', machine(all.filter((path) => path !== missing)))).toEqual([]);
  expect(names('webkit', machine(all, { platform: 'darwin' }))).toEqual([]);
});

test('macOS and Windows have their own places for Firefox', () => {
  const mac = '/Applications/Firefox.app/Contents/MacOS/firefox';
  expect(names('firefox', machine([mac], { platform: 'darwin' }))).toEqual([mac]);
  const windows = 'C:\\Program Files\\Mozilla Firefox\\firefox.exe';
  expect(names('firefox', machine([windows], { platform: 'win32', env: {} }))).toEqual([windows]);
});
