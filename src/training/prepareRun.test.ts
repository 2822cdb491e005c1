import { expect, test, vi } from 'vitest';
import { createReferenceOps } from '../kernels/reference/reference.ts';
import { parseRun } from '../model/config.ts';
import { prepareRun } from './prepareRun.ts';

const run = parseRun({ model: { depth: 8, width: 2 }, batchSize: 2, steps: 1 });

test('a run is got ready once, and leaves no tensors behind, refused or not', async () => {
  const prepare = vi.fn(() => Promise.resolve());
  const ops = { ...createReferenceOps(), prepare };
  await prepareRun(ops, run);
  expect(prepare).toHaveBeenCalledTimes(1);
  prepare.mockRejectedValueOnce(new RangeError('refused'));
  await expect(prepareRun(ops, run)).rejects.toThrow('refused');
  expect(ops.tensorCount()).toBe(0);
});

test('where nothing is to be got ready, nothing is uploaded', async () => {
  const ops = createReferenceOps();
  const upload = vi.spyOn(ops, 'upload');
  await prepareRun(ops, run);
  expect(upload).not.toHaveBeenCalled();
});
