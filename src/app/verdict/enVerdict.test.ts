import { expect, test } from 'vitest';
import type { Claim } from '../../insights/verdict.ts';
import { parseExperiment } from '../../model/config.ts';
import { prepareRuns } from '../runs/prepareRuns.ts';
import {
  seedVerdictText,
  silenceText,
  verdictText,
  type ClaimText,
  type NamedComparisons,
  type Part,
} from './enVerdict.ts';

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
const headline = (one: Claim) => flat(verdictText([one], runs)[0]!.parts);

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
    const [text] = verdictText([one], runs) as [ClaimText];
    expect(flat(text.parts)).not.toMatch(/gradient|vanish|because|causes?\b/i);
    expect(text.caveat).toContain('one seed');
    expect(text.caveat).toContain('steps 251 to 300');
  }
});

test('without a claim there is no verdict', () => {
  expect(verdictText([], runs)).toEqual([]);
});

test('each claim has the caveat of its own window and noise', () => {
  const second = { ...everything[5]!, from: 151, to: 200, noise: 0.011 };
  expect(verdictText([everything[0]!, second], runs).map(({ caveat }) => caveat)).toEqual([
    'Mean training error of steps 251 to 300, noise 2.9 points; one seed (1) is one seed: another may move the gap.',
    'Mean training error of steps 151 to 200, noise 1.1 points; one seed (1) is one seed: another may move the gap.',
  ]);
});

test('"within the noise" is said only of gaps that were compared; of others that they were not, and why', () => {
  const noise = { pair: ['plain-56', 'plain-20'], why: 'noise' } as const;
  const of = (silent: NamedComparisons['silent'], alone: NamedComparisons['alone'], seeds = 1) =>
    silenceText({ silent, alone }, seeds);
  expect(of([noise], []).text).toBe(
    'No verdict: the gap between plain-56 and plain-20 is within the noise. More steps, or another seed, may tell.',
  );
  for (const why of ['single', 'optimizer', 'several'] as const) {
    const { text, rule } = of([], [{ net: 'a', why }, { net: 'b', why: 'several' }]); // prettier-ignore
    expect(text).toMatch(/^Not compared: /);
    expect(text).not.toContain('noise');
    expect(rule).toBeNull();
  }
  expect(of([], [{ net: 'a', why: 'optimizer' }]).text).toContain('different optimisers');
  expect(of([{ ...noise, why: 'short' }], []).text).toBe(
    'Not compared: plain-56 and plain-20, for it takes fifty steps of both.',
  );
  expect(of([{ ...noise, why: 'broken' }], []).text).toContain('values that are no numbers');
  const both = of([noise], [{ net: 'ResNet-20, 16 filters', why: 'several' }]).text;
  expect(both).toContain('Not compared: ResNet-20, 16 filters, for no other net differs from it');
  const many = Array.from({ length: 10 }, () => noise);
  expect(of(many, []).text).toContain('the gaps of 10 pairs of nets are within the noise');
  expect(of([noise], [], 3).text).toMatch(/^No verdict over 3 seeds: .* More seeds/);
  for (const { text } of [of([noise, noise], []), of(many, []), of([{ ...noise, why: 'short' }], [], 2)]) {
    expect(text).toMatch(/[^.]\.$/);
  }
});

test('over several seeds the numbers are those of the seeds, and no cause is claimed', () => {
  const claim = { ...everything[0]!, worse: runs[1]!.id, better: runs[0]!.id };
  const [text] = seedVerdictText(
    [{ ...claim, seeds: [1, 2, 3], gap: 0.2, std: 0.01, noise: 0.03 }],
    runs,
  ) as [ClaimText];
  expect(text.caveat).toBe(
    'Mean of 3 seeds (1, 2, and 3), the last 50 steps of each: 20.0 points, standard deviation 1.0, noise 3.0.',
  );
  expect(flat(text.parts)).not.toMatch(/gradient|vanish|because|causes?\b/i);
});
