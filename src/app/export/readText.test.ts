import { expect, test } from 'vitest';
import { readText } from './readText.ts';

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13);

test('what is no text is refused by name', async () => {
  await expect(readText(new File([PNG], 'curve.png'))).rejects.toThrow(/^curve\.png is no text file/);
  await expect(readText(new File(['step,loss\n1,2.3'], 'log.csv'))).resolves.toBe('step,loss\n1,2.3');
});
