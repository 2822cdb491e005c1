import { expect, test } from 'vitest';
import { explainMemory } from './outOfMemory.ts';

const trap = (message: string) => new WebAssembly.RuntimeError(message);

test.each([
  ['what tf.js says of a full heap', trap('Aborted(). Build with -sASSERTIONS for more info.'), 0],
  ['its other words', trap('Aborted(OOM)'), 4e9],
  ['a heap that is full', trap('memory access out of bounds'), 4.29e9],
  ['Chromium, of an array', new RangeError('Array buffer allocation failed'), 0],
  ['Firefox, of an array', new RangeError('invalid array length'), 0],
  ['WebKit, of an array', new RangeError('Out of memory'), 0],
  ['a memory that cannot be had', new RangeError('WebAssembly.Memory(): could not allocate memory'), 0],
])('%s is memory that ran out, in words', (_, error, heap) => {
  expect(explainMemory(error, heap)).toMatchObject({ name: 'OutOfMemoryError', cause: error });
  expect(explainMemory(error, heap)!.message).not.toMatch(/ASSERTIONS/);
});

test.each([
  ['a small heap out of bounds is a fault of ours', trap('memory access out of bounds'), 2e8],
  ['another trap', trap('unreachable'), 4e9],
  ['another range', new RangeError('there is no image 7'), 4e9],
  ['no error', 'Aborted(', 4e9],
])('%s, and not explained away', (_, error, heap) => expect(explainMemory(error, heap)).toBeUndefined());
