import { expect, test } from 'vitest';
import type { Claim } from '../../insights/verdict.ts';
import { parseExperiment } from '../../model/config.ts';
import { prepareRuns } from '../store/prepareRuns.ts';
import { seedVerdictText, verdictText, type Part } from './enVerdict.ts';

const experiment = parseExperiment({
  lanes: (['plain', 'basic'] as const).flatMap((block) =>
    [20, 56].map((depth) => ({ id: `${block}-${depth}`, model: { block, depth } })),
  ),
  recipe: { steps: 300 },
});
const runs = prepareRuns(experiment, 1, () => '');
const claim = (kind: Claim['kind'], worse: string, better: string, against: boolean): Claim => ({
  kind,
  worse,
  better,
  againstDepthOrShortcut: against,
  gap: 0.204,
  noise: 0.029,
  from: 251,
  to: 300,
});
const flat = (parts: readonly Part[]) =>
  parts
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('name' in part) return part.name;
      return 'stress' in part ? part.stress : part.number;
    })
    .join('');
const headline = (one: Claim) => flat(verdictText([one], runs)!.headline);

const everything = [
  claim('depth-plain', 'plain-56', 'plain-20', true),
  claim('depth-plain', 'plain-20', 'plain-56', false),
  claim('depth-residual', 'basic-56', 'basic-20', true),
  claim('depth-residual', 'basic-20', 'basic-56', false),
  claim('shortcut', 'basic-56', 'plain-56', true),
  claim('shortcut', 'plain-56', 'basic-56', false),
];

test('the degradation is told with its number, on the training images', () => {
  expect(headline(everything[0]!)).toBe(
    'Plain-56 makes 20.4 points more errors on its own training images than plain-20. Too little capacity is not the reason, nor over-fitting.',
  );
});

test('a deeper residual net that is behind is told with what the paper saw later', () => {
  expect(headline(everything[2]!)).toContain('6.97% against 8.75% test error after 64,000 steps');
});

test('each direction of each comparison has words of its own', () => {
  expect(new Set(everything.map(headline)).size).toBe(everything.length);
});

test('no cause is claimed, and one seed is called one seed', () => {
  for (const one of everything) {
    const text = verdictText([one], runs)!;
    expect(flat(text.headline)).not.toMatch(/gradient|vanish|because|causes?\b/i);
    expect(text.caveat).toContain('one seed');
    expect(text.caveat).toContain('steps 251 to 300');
  }
});

test('without a claim there is no verdict', () => {
  expect(verdictText([], runs)).toBeNull();
});

test('over several seeds the numbers are those of the seeds, and no cause is claimed', () => {
  const claim = { ...everything[0]!, worse: runs[1]!.id, better: runs[0]!.id };
  const text = seedVerdictText(
    [{ ...claim, seeds: [1, 2, 3], gap: 0.2, deviation: 0.01, noise: 0.03 }],
    runs,
  )!;
  expect(text.caveat).toBe(
    'Mean of 3 seeds (1, 2, and 3), the last 50 steps of each: 20.0 points, standard deviation 1.0, noise 3.0.',
  );
  expect(flat(text.headline)).not.toMatch(/gradient|vanish|because|causes?\b/i);
});
