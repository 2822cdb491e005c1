import { expect, test } from 'vitest';
import { openNodeOps } from '../../../../cli/node/nodeDevice.ts';

test('threads that are to come later come when they are asked for, and go: the same numbers', async () => {
  const ops = await openNodeOps('wasm', { threads: 3, threadsLater: true });
  expect(ops.build.threads).toBe(1);
  const x = ops.upload(
    Float32Array.from({ length: 5 * 64 * 8 }, (_, i) => Math.sin(i)),
    [5, 8, 8, 8],
  );
  const filter = ops.upload(
    Float32Array.from({ length: 9 * 64 }, (_, i) => Math.cos(i)),
    [3, 3, 8, 8],
  );
  const found: number[][] = [];
  for (const threads of [1, 3, 1, 3]) {
    await ops.useThreads?.(threads);
    const y = ops.conv2d(x, filter, 1);
    found.push([...(await ops.download(y))]);
    ops.dispose(y);
  }
  for (const numbers of found) expect(numbers).toEqual(found[0]);
  for (const tensor of [x, filter]) ops.dispose(tensor);
});
