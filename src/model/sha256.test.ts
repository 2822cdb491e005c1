import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256 } from './sha256.ts';

/** What a page has of `crypto.subtle` that came over plain http from another machine: nothing. */
const inScript = (bytes: Uint8Array<ArrayBuffer>) => sha256(bytes, null);
const text = (value: string) => new TextEncoder().encode(value);

test.each([
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
])('FIPS 180-4 says what "%s" hashes to, with and without crypto.subtle', async (value, hash) => {
  expect(await sha256(text(value))).toBe(hash);
  expect(await inScript(text(value))).toBe(hash);
});

test('the script hashes as the browser does, whatever the bytes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      const copy = Uint8Array.from(bytes);
      expect(await inScript(copy)).toBe(await sha256(copy));
    }),
  );
});
