/** A training that is interrupted in every way that a laptop knows is, at its end, one that was not. `npm run chaos` does more of it. */
import { expect, test } from 'playwright/test';
import { chaos } from '../scripts/chaos/chaos.ts';

test('interrupted in eight ways: nothing is missing, and every number is the same', async ({ baseURL }) => {
  const lines: string[] = [];
  const report = await chaos({
    executable: process.env['CHROMIUM_PATH'] ?? '',
    origin: `${baseURL ?? ''}/`,
    webgpu: false,
    seed: 1,
    steps: 300,
    interruptions: ['reload', 'quota', 'kill', 'worker', 'crash', 'fetch', 'close', 'freeze'],
    say: (line) => lines.push(line),
  });
  expect(report.differences, lines.join('\n')).toEqual([]);
  expect(report.continued, lines.join('\n')).toBeGreaterThan(0);
});
