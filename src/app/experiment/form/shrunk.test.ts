import { expect, test } from 'vitest';
import { parseExperiment } from '../../../model/config.ts';
import { shrunk } from './shrunk.ts';

const experiment = (recipe: object, ...widths: readonly number[]) =>
  parseExperiment({
    lanes: widths.map((width, i) => ({ id: `lane-${i}`, model: { depth: 20, width } })),
    recipe,
  });

test.each([
  [{ steps: 64_000 }, [16], null],
  [
    { steps: 300, batchSize: 64, augment: 'none' },
    [8],
    'half the filters, half the batch, 300 of 64,000 steps, and no crops or flips',
  ],
  [{ steps: 64_000, batchSize: 32 }, [4, 16], 'a quarter of the batch'],
  [{ steps: 64_000, batchSize: 100 }, [32], '78.13% of the batch'],
  [{ minutes: 2 }, [16], null],
] as const)('%j with %j filters: %s', (recipe, widths, said) => {
  expect(shrunk(experiment(recipe, ...widths))).toBe(said);
});
