import { expect, test } from 'vitest';
import { canShareMemory } from './sharedMemory.ts';

function Refusing(): never {
  throw new RangeError('no shared memory');
}
class Private {
  readonly buffer = new ArrayBuffer(0);
}
const memory = (Memory: unknown) => ({ Memory }) as Pick<typeof WebAssembly, 'Memory'>;

test('memory is shared where it can really be made', () => {
  expect(canShareMemory()).toBe(true);
});

test.each([
  ['no SharedArrayBuffer (WebKitGTK, isolated or not)', { WebAssembly }],
  ['no WebAssembly', { SharedArrayBuffer }],
  ['shared memory that is refused', { SharedArrayBuffer, WebAssembly: memory(Refusing) }],
  ['"shared" that is passed over', { SharedArrayBuffer, WebAssembly: memory(Private) }],
])('none with %s', (_, scope) => {
  expect(canShareMemory(scope)).toBe(false);
});
