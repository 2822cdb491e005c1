import { expect, test } from 'vitest';
import { scattered } from '../../insights/testing/anyRun.ts';
import { customaryOptimizer } from '../../model/presets.ts';
import type { Run } from '../state/run.ts';
import { basic, done, flat, lanes, plain, texts, trained } from './testing/lanes.ts';
import type { ClaimText } from './verdictParts.ts';

const said = (current: readonly Run[], earlier: readonly Run[] = []) =>
  texts(current, earlier).claims.map(({ parts }) => flat(parts));

const pairs = {
  deeperPlainWorse: lanes([[plain(20), 0.6], [plain(56), 0.8]]), // prettier-ignore
  deeperPlainBetter: lanes([[plain(20), 0.6], [plain(56), 0.5]]), // prettier-ignore
  deeperResidualWorse: lanes([[basic(20), 0.6], [basic(56), 0.8]]), // prettier-ignore
  deeperResidualBetter: lanes([[basic(20), 0.6], [basic(56), 0.5]]), // prettier-ignore
  skipBetter: lanes([[plain(56), 0.8], [basic(56), 0.6]]), // prettier-ignore
  skipWorse: lanes([[plain(56), 0.5], [basic(56), 0.6]]), // prettier-ignore
  projected: lanes([[plain(20), 0.8], [basic(20, { shortcut: 'B' }), 0.6]]), // prettier-ignore
  shortcut: lanes([[basic(20), 0.5], [basic(20, { shortcut: 'C' }), 0.6]]), // prettier-ignore
  filters: lanes([[basic(20, { width: 8 }), 0.8], [basic(20), 0.6]]), // prettier-ignore
  unit: lanes([[basic(56), 0.8], [{ block: 'bottleneck', depth: 56 }, 0.6]]), // prettier-ignore
  optimizer: lanes([[basic(20), 0.8], [basic(20), 0.6, { optimizer: customaryOptimizer('adam') }]]), // prettier-ignore
};

test('the degradation is told with its numbers, on the training images', () => {
  expect(said(pairs.deeperPlainWorse)).toEqual([
    'Plain-56 makes 20.0 points more errors on its own training images than plain-20 (training error 80.0% against 60.0%).',
  ]);
  const [{ explanation }] = texts(pairs.deeperPlainWorse).claims as [ClaimText];
  expect(explanation).toBe(
    'Over-fitting is not the reason: it would mean doing well on its own training images. Nor is too little capacity: it has all the layers of plain-20, and 36 more.',
  );
});

test('a deeper residual net that is behind is told with what the paper saw later, not after as many steps', () => {
  expect(said(pairs.deeperResidualWorse)).toEqual([
    'ResNet-56 is 20.0 points behind ResNet-20 so far (training error 80.0% against 60.0%). In the paper it ends ahead: 6.97% against 8.75% test error after 64,000 steps.',
  ]);
});

test('twins by option A have as many parameters; by B and C they differ in those of the projections', () => {
  expect(said(pairs.skipBetter)).toEqual([
    'The same 56 layers with shortcuts make 20.0 points fewer errors on the training images: ResNet-56 against plain-56 (training error 60.0% against 80.0%), with exactly as many parameters.',
  ]);
  expect(said(pairs.projected)[0]).toMatch(
    /with shortcuts make 20\.0 points fewer .*They differ in the parameters of option B\u2019s projections, too: 272,474 against 269,722\.$/,
  );
});

test('where the parameters differ with the rest, the sentence says so, with both numbers', () => {
  expect(said(pairs.filters)).toEqual([
    'ResNet-20, 16 filters is 20.0 points ahead of ResNet-20, 8 filters (training error 60.0% against 80.0%). They differ in the filters, 16 against 8, and so in the number of parameters, 269,722 against 68,050.',
  ]);
  expect(said(pairs.shortcut)[0]).toMatch(/They differ in the shortcut option, A against C, and so in the number of parameters, 269,722 against \d+,\d+\.$/); // prettier-ignore
  expect(said(pairs.unit)[0]).toMatch(/three \(bottleneck\) against two \(basic\), and so in the number of/);
});

test('a branch is told with the step up to which it is its parent, and no paper nor cause', () => {
  const [parent, own] = lanes([[plain(56), 0.8], [basic(56), 0.6]]) as [Run, Run]; // prettier-ignore
  const chapter = { kind: 'branched', step: 100, when: 0, run: parent.id, name: parent.name, before: parent.config } as const; // prettier-ignore
  const branch: Run = { ...own, name: 'ResNet-56, from step 100', history: [chapter] };
  const found = texts([parent, branch], [], 'switch-on');
  expect(found.claims.map(({ parts }) => flat(parts))).toEqual([
    'ResNet-56, from step 100 is 20.0 points ahead of plain-56, with which it is one run up to step 100 (training error 60.0% against 80.0%). They differ in the block alone: with shortcuts against plain.',
  ]);
  expect([found.claims[0]!.explanation, found.lead, found.isUnclear]).toEqual([null, null, false]);
  // Of a run that is not here nothing is said.
  const stray: Run = { ...branch, history: [{ ...chapter, run: 'elsewhere' }] };
  expect(texts([parent, stray]).claims).toEqual([]);
  expect(texts([parent, stray]).silence).toContain('is a branch, and began as another run');
});

test('optimisers are told with their rates, and that other rates may turn it', () => {
  expect(said(pairs.optimizer)).toEqual([
    'ResNet-20, Adam is 20.0 points ahead of ResNet-20 (training error 60.0% against 80.0%). They differ in the optimiser alone: Adam at rate 0.001 against SGD at rate 0.1. Other rates may turn it.',
  ]);
});

test('what a recipe can differ in is told by its name and values, of an earlier run and one of now', () => {
  const base = lanes([[basic(20), 0.8]]);
  const sgd = customaryOptimizer('sgd');
  const ends = (recipe: object) =>
    said(lanes([[basic(20), 0.6]], recipe), base)[0]?.split(' They differ in the ')[1];
  expect(ends({ labelSmoothing: 0.1 })).toBe('label smoothing alone: 0.1 against 0.');
  expect(ends({ optimizer: { ...sgd, learningRate: 0.01 } })).toBe('learning rate alone: 0.01 against 0.1.');
  expect(ends({ optimizer: { ...sgd, momentum: 0 } })).toBe('momentum alone: 0 against 0.9.');
  expect(ends({ optimizer: { ...sgd, decayNormalisation: false } })).toBe('weight decay of batch norm alone: without against with it.'); // prettier-ignore
  expect(ends({ schedule: 'cosine' })).toBe('schedule alone: cosine against constant.');
  expect(ends({ schedule: { type: 'steps', milestones: [100, 200] } })).toBe('schedule alone: times 0.1 at 100 and 200 against constant.'); // prettier-ignore
  expect(ends({ schedule: { type: 'constant', warmUp: { learningRate: 0.01, steps: 9 } } })).toBe('warm-up alone: at rate 0.01 for 9 steps against none.'); // prettier-ignore
  expect(ends({ normalisation: 'channel' })).toBe('normalisation alone: mean and deviation of each channel against mean of each pixel.'); // prettier-ignore
  expect(ends({ order: 'sequential' })).toMatch(/^order of the images alone: /);
});

test('other batches are told with the images that both have seen, and the steps that it took them', () => {
  const [text] = texts(lanes([[basic(20), 0.6]], { batchSize: 128 }), lanes([[basic(20), 0.8]])).claims;
  expect(flat(text!.parts)).toMatch(/They differ in the batch alone: 128 images against 64 images\.$/);
  expect(text!.caveat).toMatch(
    /^Mean training error of steps 101 to 150 of ResNet-20 and steps 201 to 300 of ResNet-20, where both have seen 19,200 images, noise 0\.\d points\. One run only, with seed 1; another random start may/,
  );
});

test('runs that train on other images are told by their test error, which is named', () => {
  const tested = (runs: readonly Run[], error: number) =>
    runs.map((run) => ({ ...run, evaluations: [{ step: 300, complete: false, images: 500, loss: 1, error, seconds: 1 }] })); // prettier-ignore
  const [text] = texts(
    tested(lanes([[basic(20), 0.7]], { augment: 'paper' }), 0.5),
    tested(lanes([[basic(20), 0.6]]), 0.7),
  ).claims;
  expect(flat(text!.parts)).toContain('(test error 50.0% against 70.0%)');
  expect(flat(text!.parts)).toContain('augmentation alone: crop and flip against none');
  expect(text!.caveat).toMatch(/^Test error on 500 images after step 300, noise 6\.\d points\./);
});

test('each claim has words of its own and one caveat, names its error, and gives no cause', () => {
  const all = Object.values(pairs).map((runs) => texts(runs).claims);
  expect(all.map((claims) => claims.length)).toEqual(all.map(() => 1));
  const sentences = all.map(([claim]) => flat(claim!.parts));
  expect(new Set(sentences).size).toBe(sentences.length);
  for (const text of sentences) {
    expect(text).not.toMatch(/gradient|vanish|because|causes?\b|thanks to/i);
    expect(text).toMatch(/\(training error \d+\.\d% against \d+\.\d%\)/);
    expect(text).toMatch(/^[A-Z].*[^.]\.$/);
  }
  for (const [claim] of all) {
    expect(claim!.caveat).toMatch(/^Mean training error of steps 251 to 300, noise 0\.\d points\. One run only, with seed 1; another random start may/); // prettier-ignore
  }
});

test('claims that were measured alike have one caveat, whatever stands between them', () => {
  const alike = lanes([[plain(20), 0.5], [plain(56), 0.75], [basic(56), 0.1]]); // prettier-ignore
  const claims = texts([...alike, ...lanes([[plain(20), 0.1]], { batchSize: 32 })]).claims;
  expect(claims.map(({ parts }) => /batch alone/.test(flat(parts)))).toEqual([false, true, false]);
  expect(claims.map(({ caveat }) => caveat)).toEqual([
    null,
    expect.stringMatching(/where both have seen \d[\d,]* images, noise .*; another random start may give a different gap\.$/),
    expect.stringMatching(/^Mean training error of steps 251 to 300, noise .*; another random start may give different gaps\.$/),
  ]); // prettier-ignore
});

test('a gap is that of the errors beside it', () => {
  for (const [a, b] of [
    [0.60049, 0.71951],
    [0.6005, 0.7195],
    [0.33333, 0.66666],
  ] as const) {
    // prettier-ignore
    const [text] = said(lanes([[plain(20), a], [plain(56), b]])); // prettier-ignore
    const [, gap, high, low] = /makes (\S+) points.*error (\S+)% against (\S+)%/.exec(text!)!;
    expect(Number(high) - Number(low)).toBeCloseTo(Number(gap), 6);
  }
});

test('over several seeds the numbers are those of the seeds, and nets go by their first runs', () => {
  const seed = (of: number, worse: number) => lanes([[plain(20), 0.6], [plain(56), worse]], { seed: of }); // prettier-ignore
  const [first, second, third] = [seed(1, 0.8), seed(2, 0.81), seed(3, 0.79)];
  const renamed = [...first, ...second].map((run) => ({ ...run, name: `${run.name} first` }));
  const [text] = texts(third, renamed).claims;
  expect(flat(text!.parts)).toMatch(/^Plain-56 first makes 20\.0 points more errors/);
  expect(text!.caveat).toBe(
    'Mean training error of 3 seeds (1, 2, and 3), the last 50 steps of each: a gap of 20.0 points, standard deviation 1.0, noise 2.5 points.',
  );
});

test('over several seeds with other batches, each is measured where both have seen as many images', () => {
  const seed = (of: number, batchSize: number, error: number) => lanes([[basic(20), error]], { seed: of, batchSize }); // prettier-ignore
  const small = [...seed(1, 64, 0.6), ...seed(2, 64, 0.601)];
  const [text] = texts(seed(2, 128, 0.8), [...small, ...seed(1, 128, 0.8)]).claims;
  expect(text!.caveat).toMatch(/^Mean training error of 2 seeds \(1 and 2\), each where both have seen as many images: a gap of/); // prettier-ignore
});

test('"within the noise" is said only of gaps that were compared; of others that they were not, and why', () => {
  const silence = (...given: Parameters<typeof lanes>) => texts(lanes(...given));
  const close = silence([[plain(20), 0.6], [plain(56), 0.6]]); // prettier-ignore
  expect(close.silence).toBe(
    'No verdict: the gap between plain-56 and plain-20 is within the noise. More steps, or another seed, may tell.',
  );
  expect(close.rule).toMatch(/^A net is called ahead only if/);
  const alone = silence([[plain(20), 0.6]]);
  expect(alone.silence).toBe('Not compared: a verdict takes two nets that differ in one thing.');
  const two = silence([[plain(20), 0.6], [basic(56), 0.4]]); // prettier-ignore
  expect(two.silence).toBe(
    'Not compared: plain-20 and ResNet-56 differ in depth and block, and a verdict takes two nets that differ in one thing.',
  );
  const adam = { optimizer: customaryOptimizer('adam') };
  expect(silence([[plain(20), 0.6], [plain(56), 0.4, adam]]).silence).toContain('differ in depth and optimiser'); // prettier-ignore
  expect(silence([[plain(20), 0.6], [basic(56, { width: 8 }), 0.4]]).silence).toContain('differ in depth, block, and filters'); // prettier-ignore
  expect(silence([[plain(20), 0.6], [plain(20), 0.6]]).silence).toContain('plain-20 and plain-20 (2) are the same net'); // prettier-ignore
  const many = silence([[plain(20), 0.6], [basic(32), 0.6], [plain(44), 0.6, adam], [basic(56, { width: 8 }), 0.6]]); // prettier-ignore
  expect(many.silence).toMatch(/^Not compared: /);
  for (const { claims, silence: text, rule } of [alone, two, many]) {
    expect([claims, rule]).toEqual([[], null]);
    expect(text).not.toContain('noise');
    expect(text).toMatch(/[^.]\.$/);
  }
  const early = silence([[plain(20), 0.6], [plain(56), 0.6]], {}, 30); // prettier-ignore
  expect(early.silence).toBe('Not compared: plain-56 and plain-20, for it takes 50 steps of both.');
});

test('many pairs are counted, and what is not compared is told beside what is', () => {
  const five = texts(lanes([20, 32, 44, 56, 68].map((depth) => [plain(depth), 0.6] as const)));
  expect(five.silence).toContain('the gaps of 10 pairs of nets are within the noise');
  const some = texts(lanes([[plain(20), 0.6], [plain(56), 0.8], [basic(32), 0.5]])); // prettier-ignore
  expect(some.claims).toHaveLength(1);
  expect(some.silence).toMatch(/^Not compared: ResNet-32 and plain-20 differ in depth and block/);
});

test('runs of which little is known are not compared, and it is said why', () => {
  const [one, other] = lanes([[plain(20), 0.6], [plain(56), 0.8]]); // prettier-ignore
  expect(texts([one!, { ...other!, config: null }]).silence).toContain(
    'plain-56, for how it was trained is not known',
  );
  const broken = trained(other!, [...scattered('x', 0.8, 280), ...Array<number>(20).fill(NaN)]);
  expect(texts([one!, done(broken)]).silence).toContain(
    'among their last errors are values that are no numbers',
  );
});

test('a net that guesses is called that, and still compared', () => {
  const { claims, guessing, announcement } = texts(lanes([[plain(20), 0.6], [plain(56), 0.895]])); // prettier-ignore
  expect(claims.map(({ parts }) => flat(parts))[0]).toMatch(/^Plain-56 makes 29\.5 points more errors/);
  expect(guessing).toBe(
    'Plain-56 has learned nothing: it guesses (training error 89.5%; guessing among 10 classes makes 90.0%).',
  );
  expect(announcement).toBe('In training error plain-56 is behind plain-20. Plain-56 has learned nothing: it guesses.'); // prettier-ignore
});

test('where both guess, that is what is said', () => {
  const { claims, guessing, silence, rule } = texts(lanes([[plain(20), 0.885], [plain(56), 0.91]])); // prettier-ignore
  expect([claims, rule]).toEqual([[], null]);
  expect(guessing).toMatch(/^Plain-20 and plain-56 have learned nothing: they guess \(training errors 88\.5% and 91\.0%;/); // prettier-ignore
  expect(silence).toBe('Too early to tell: plain-56 and plain-20 both guess. More steps, or another learning rate, may tell.'); // prettier-ignore
});

test('what is read out has no numbers of the curves, so it stays while they move', () => {
  const at = (a: number, b: number) => texts(lanes([[plain(20), a], [plain(56), b]])).announcement; // prettier-ignore
  expect(at(0.6, 0.8)).toBe('In training error plain-56 is behind plain-20.');
  expect(at(0.5, 0.83)).toBe(at(0.6, 0.8));
  expect(at(0.8, 0.6)).toBe('In training error plain-20 is behind plain-56.');
  expect(at(0.6, 0.6)).toMatch(/within the noise/);
  // Nor does it change when two claims change places.
  const three = (a: number, b: number) => texts(lanes([[plain(20), a], [plain(56), 0.8], [basic(56), b]])).announcement; // prettier-ignore
  expect(three(0.3, 0.6)).toBe(three(0.6, 0.3));
});
