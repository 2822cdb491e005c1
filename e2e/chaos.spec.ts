/** A training that is interrupted in every way that a laptop knows is, at its end, one that was not. `npm run chaos` does more of it. */
import { expect, test } from 'playwright/test';
import { chaos } from '../scripts/chaos/chaos.ts';
import type { Kind } from '../scripts/chaos/interruptions.ts';

const executable = process.env['CHROMIUM_PATH'] ?? '';

const runs: readonly (readonly [string, readonly Kind[]])[] = [
  ['the page goes away, the browser is killed, and there is no room', ['reload', 'quota', 'kill', 'close']],
  ['workers and network fail, the tab crashes and is frozen', ['worker', 'fetch', 'crash', 'freeze']],
];

for (const [i, [what, interruptions]] of runs.entries()) {
  test(`${what}: nothing is missing, and every number is the same`, async ({ baseURL }) => {
    const lines: string[] = [];
    const report = await chaos({
      executable,
      origin: `${baseURL}/`,
      webgpu: false,
      seed: i + 1,
      steps: 400,
      interruptions,
      say: (line) => lines.push(line),
    });
    expect(report.differences, lines.join('\n')).toEqual([]);
  });
}
