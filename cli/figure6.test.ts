/** Nets that others trained for the paper's figure 6, as `npm run evaluate` judges them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configFile, root, run } from './testing/command.ts';

const figure6 = join(root, '../shared/fixtures/published/figure6');
const isThere = existsSync(figure6);

interface Figure6 {
  readonly normalisation: object;
}

async function evaluate(name: string, options: readonly string[]) {
  const facts = JSON.parse(readFileSync(join(figure6, 'figure6.json'), 'utf8')) as Figure6;
  const model = { depth: Number(name.slice(-2)), block: name.startsWith('plain') ? 'plain' : 'basic' };
  const config = configFile(name, { model, normalisation: facts.normalisation });
  const weights = join(figure6, `${name}.safetensors`);
  const { code, stdout, stderr } = await run(
    'evaluate',
    ...['--config', config, '--weights', weights, '--json', ...options],
  );
  expect(code, stderr).toBe(0);
  const { images, accuracy } = JSON.parse(stdout) as { images: number; accuracy: number };
  return { images, wrong: Math.round(images * (1 - accuracy)) };
}

describe.skipIf(!isThere)(
  `the published nets of figure 6${isThere ? '' : ` (SKIPPED: ${figure6} is not there)`}`,
  () => {
    // The whole test set takes up to a minute each: `npm run evaluate` gave 9.69%, 13.07%, 8.04% and 7.46% on it, figure6.json's, on 2026-11-26;
    // evaluateWeights.test.ts has all of it for another net.
    it.each([
      ['plain20', 83],
      ['plain56', 121],
      ['resnet20', 72],
      ['resnet56', 70],
    ])('%s errs on %i of the first 1,000', async (name, errors) => {
      const { images, wrong } = await evaluate(name, ['--images', '1000']);
      expect([images, wrong]).toEqual([1000, errors]);
    });
  },
);
