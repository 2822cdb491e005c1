import { expect, test } from 'vitest';
import { linkToShare } from './linkToShare.ts';

test.each([
  [
    'http://localhost:4173/?backend=webgpu#e=1r20x4,p20x4;n12;b32',
    'http://localhost:4173/#e=1r20x4,p20x4;n12;b32',
  ],
  ['https://a.org/lab/?precision=f16&backend=webgpu#e=1p8x1', 'https://a.org/lab/#e=1p8x1'],
  ['https://a.org/lab/?course=7&backend=wasm#e=1p8x1', 'https://a.org/lab/?course=7#e=1p8x1'],
  ['https://a.org/lab/#e=1p8x1;n3', 'https://a.org/lab/#e=1p8x1;n3'],
])('%s is shared as %s', (href, link) => {
  expect(linkToShare(href)).toBe(link);
});
