import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { previewSchema } from '../src/model/recordingPreview.ts';
import { PREVIEW_FILE, previewText } from './recordingPreview.ts';

const recordings = join(import.meta.dirname, '../public/recordings');
const committed = () => readFileSync(join(recordings, PREVIEW_FILE), 'utf8');

test('the preview is that of the recordings (else: npm run preview), and the page reads it', async () => {
  expect(committed()).toBe(await previewText(recordings));
  const { curves } = v.parse(previewSchema, JSON.parse(committed()));
  expect(curves.map(({ depth, block, steps }) => `${block}-${depth} ${steps}`)).toEqual([
    'plain-20 4000',
    'plain-56 4000',
  ]);
  // What the recordings say: plain-56 ends above plain-20.
  const [shallow, deep] = curves.map(({ error }) => error.at(-1)!);
  expect(deep! - shallow!).toBeGreaterThan(0.05);
});

test('it is small', () => {
  expect(committed().length).toBeLessThan(3000);
});

test('a recording that was changed is refused', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'preview-'));
  try {
    cpSync(recordings, folder, { recursive: true });
    const file = join(folder, 'plain-56-s1.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"wrong":[', '"wrong":[1,'));
    await expect(previewText(folder)).rejects.toThrow(/plain-56-s1\.json is not the recording/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
