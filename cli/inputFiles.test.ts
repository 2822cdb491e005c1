import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseRun } from '../src/model/config.ts';
import { readRun, readWeights } from './inputFiles.ts';

const folder = mkdtempSync(join(tmpdir(), 'input-'));
let files = 0;
function file(content: string | Uint8Array): string {
  const path = join(folder, `${files++}.json`);
  writeFileSync(path, content);
  return path;
}
const text = '{"model": {"depth": 20}, "steps": 7}';
const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');

describe('a configuration', () => {
  test.each([
    ['UTF-8', text],
    ['UTF-8 with a byte-order mark', `\ufeff${text}`],
    ['UTF-16, little end first, as PowerShell writes it', utf16],
    ['UTF-16, big end first', Buffer.from(utf16).swap16()],
    ['UTF-8 with a byte-order mark and lines of Windows', `\ufeff${text.replaceAll(',', ',\r\n')}`],
  ])('in %s is read', async (_, content) => {
    expect(await readRun(file(content))).toMatchObject({ model: { depth: 20 }, steps: 7 });
  });

  test.each([
    [
      'UTF-16 without a mark',
      utf16.subarray(2),
      /is no text in UTF-8, nor in UTF-16 with a byte-order mark: save it/,
    ],
    ['Latin-1', Buffer.from('{"name": "Zürich"}', 'latin1'), /is no text in UTF-8/],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0), /is no text in UTF-8/],
    ['nothing', '', /is not JSON: it is empty/],
    ['a mark alone', '\ufeff', /is not JSON: it is empty/],
    ['two marks', `\ufeff\ufeff${text}`, /is not JSON: see line 1, column 1/],
    ['JSON lines', `${text}\n${text}`, /is not JSON: see line 2, column 1/],
    ['a comma too many', '{"steps": 7,}', /is not JSON: see line 1, column 13/],
    ['a list', `[${text}]`, /0|expected|Expected/],
    ['null', 'null', /./],
  ])('that is %s is refused in words', async (_, content, message) => {
    const path = file(content);
    const reading = readRun(path, { steps: 1 });
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toThrow(path);
    await expect(reading).rejects.toMatchObject({ name: 'UsageError' });
  });
});

test('a file that cannot be read is named, with the reason', async () => {
  const { model } = parseRun({ model: { depth: 8 }, steps: 1 });
  await expect(readWeights(join(folder, 'none'), model)).rejects.toThrow(
    `cannot read ${join(folder, 'none')}: there is no such file or folder (ENOENT)`,
  );
  await expect(readWeights(folder, model)).rejects.toThrow(/it is a folder, not a file \(EISDIR\)/);
  await expect(readWeights(join(file(''), 'below'), model)).rejects.toThrow(/a part of its path is a file/);
});
