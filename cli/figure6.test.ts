/** Nets that others trained for the paper's figure 6, as `npm run evaluate` judges them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configFile, root, run } from './testing/command.ts';

const figure6 = join(root, '../shared/fixtures/published/figure6');
const isThere = existsSync(figure6);

interface Figure6 {
  readonly normalisation: object;
  readonly nets: Readonly<Record<string, { readonly test_error_percent: number }>>;
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
  return { images, wrong: Math.round(images * (1 - accuracy)), facts: facts.nets[name] };
}

describe.skipIf(!isThere)(
  `the published nets of figure 6${isThere ? '' : ` (SKIPPED: ${figure6} is not there)`}`,
  () => {
    it.each(['plain20', 'resnet20'])(
      '%s errs on as many of the 10,000 test images as its authors say',
      async (name) => {
        const { images, wrong, facts } = await evaluate(name, []);
        expect([images, wrong]).toEqual([10_000, Math.round(100 * facts!.test_error_percent)]);
      },
    );

    // The whole test set takes a minute each: `npm run evaluate` gave 13.07% and 7.46% on it, figure6.json's, on 2026-11-26.
    it.each([
      ['plain56', 121],
      ['resnet56', 70],
    ])('%s errs on %i of the first 1,000', async (name, errors) => {
      const { images, wrong } = await evaluate(name, ['--images', '1000']);
      expect([images, wrong]).toEqual([1000, errors]);
    });
  },
);
