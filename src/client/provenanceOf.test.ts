import { expect, test } from 'vitest';
import { browserName, provenanceOf } from './provenanceOf.ts';

const chrome =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36';
const edge = `${chrome.replace('X11; Linux x86_64', 'Windows NT 10.0; Win64; x64')} Edg/150.0.0.0`;
const iPhone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';

test.each([
  [chrome, 'Chrome 150 on Linux'],
  [edge, 'Edge 150 on Windows'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox 140 on Linux'],
  ['Mozilla/5.0 (Android 15; Mobile; rv:141.0) Gecko/141.0 Firefox/141.0', 'Firefox 141 on Android'],
  [`${iPhone} Version/18.5 Mobile/15E148 Safari/604.1`, 'Safari 18.5 on iOS'],
  [`${iPhone} CriOS/138.0.7204.53 Mobile/15E148 Safari/604.1`, 'Chrome 138 on iOS'],
  [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
    'Safari 26.0 on Linux',
  ],
  ['Lynx/2.9', 'Lynx/2.9'],
])('%s is %s', (userAgent, name) => {
  expect(browserName({ userAgent })).toBe(name);
});

test('brands tell more than the user agent, but for those that are made up', () => {
  const brands = [
    { brand: 'Not;A=Brand', version: '99' },
    { brand: 'Chromium', version: '150' },
  ];
  const named = (more: typeof brands) =>
    browserName({ userAgent: chrome, userAgentData: { brands: [...brands, ...more], platform: 'Linux' } });
  expect(named([])).toBe('Chromium 150 on Linux');
  expect(named([{ brand: 'Brave', version: '150' }])).toBe('Brave 150 on Linux');
  expect(browserName({ userAgent: chrome, userAgentData: { brands: [], platform: '' } })).toBe(
    'Chrome 150 on Linux',
  );
});

test('a run is told with what its worker opened, not with what it was asked for', () => {
  const build = { kernels: 'wasm-simd', threads: 1, adapter: '' } as const;
  expect(provenanceOf(build, { backend: 'wasm' }, { userAgent: chrome })).toEqual({
    ...build,
    backend: 'wasm',
    precision: 'f32',
    browser: 'Chrome 150 on Linux',
  });
});
