import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSmallDataset } from '../../src/data/testing/smallDataset.ts';
import { currentManifest, replaceFolder } from './folder.ts';

let parent: string;
let folder: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'dataset-'));
  folder = join(parent, 'noise');
});
afterEach(() => rm(parent, { recursive: true }));

async function build() {
  const { files } = await createSmallDataset({ train: [1], test: [1] });
  await replaceFolder(folder, async (temporary) => {
    for (const [file, bytes] of files) await writeFile(join(temporary, file), bytes);
  });
}

test('what was built is current, for its builder and source alone', async () => {
  await build();
  expect((await currentManifest(folder, 1, '1.0.0'))?.source.package).toBe('noise');
  expect(await currentManifest(folder, 2, '1.0.0')).toBeUndefined();
  expect(await currentManifest(folder, 1, '1.0.1')).toBeUndefined();
});

test.each([
  ['there is none', (at: string) => rm(at, { recursive: true })],
  ['a shard is missing', (at: string) => rm(join(at, 'test-00.png'))],
  ['a shard is cut short', (at: string) => writeFile(join(at, 'train-00.png'), 'short')],
  ['the manifest is broken', (at: string) => writeFile(join(at, 'manifest.json'), '{')],
  ['the manifest is another', (at: string) => writeFile(join(at, 'manifest.json'), '{}')],
])('not current: %s', async (_, damage) => {
  await build();
  await damage(folder);
  expect(await currentManifest(folder, 1, '1.0.0')).toBeUndefined();
});

test('not current without each file beside the shards', async () => {
  await build();
  const current = () => currentManifest(folder, 1, '1.0.0', ['sample.png']);
  expect(await current()).toBeUndefined();
  await writeFile(join(folder, 'sample.png'), '');
  expect(await current()).toBeUndefined();
  await writeFile(join(folder, 'sample.png'), 'pixels');
  expect(await current()).toBeDefined();
});

test('a build that fails leaves the old folder as it was, and nothing beside it', async () => {
  await build();
  const failing = replaceFolder(folder, async (temporary) => {
    await writeFile(join(temporary, 'train-00.png'), 'half');
    throw new Error('no space left');
  });
  await expect(failing).rejects.toThrow('no space left');
  expect(await readdir(parent)).toEqual(['noise']);
  expect(await currentManifest(folder, 1, '1.0.0')).toBeDefined();
});

test('a build replaces all that was there', async () => {
  await build();
  await replaceFolder(folder, (temporary) => writeFile(join(temporary, 'new.txt'), 'new'));
  expect(await readdir(folder)).toEqual(['new.txt']);
  expect(await readFile(join(folder, 'new.txt'), 'utf8')).toBe('new');
});

test('what a killed build left is removed, what a running one fills is kept', async () => {
  // No process has a number so high.
  await mkdir(join(parent, '.noise-999999999'));
  await mkdir(join(parent, `.noise-${process.ppid}`));
  await build();
  expect((await readdir(parent)).sort()).toEqual([`.noise-${process.ppid}`, 'noise']);
});

test('builds that end in the same moment give way to each other, and one of them stays, whole', async () => {
  const program = `
    import { writeFile } from 'node:fs/promises';
    import { replaceFolder } from ${JSON.stringify(join(import.meta.dirname, 'folder.ts'))};
    for (let i = 0; i < 30; i++)
      await replaceFolder(${JSON.stringify(folder)}, (temporary) => writeFile(temporary + '/file', 'whole'));`;
  const options = ['--import', 'tsx', '--input-type=module', '--eval', program];
  await Promise.all([1, 2, 3, 4].map(() => promisify(execFile)(process.execPath, options)));
  expect(await readFile(join(folder, 'file'), 'utf8')).toBe('whole');
  expect(await readdir(parent)).toEqual(['noise']);
});
