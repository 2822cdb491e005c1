import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ERROR_MEAN_STEPS } from '../model/errorMean.ts';
import { classroomExperiment, customaryOptimizer, presets } from '../model/presets.ts';
import { runOfLane, type RunConfig } from '../model/config.ts';
import type { ComparedRun } from './comparedRun.ts';
import { MINIMAL_GAP } from './minimalGap.ts';
import { model, run, type Given } from './testing/anyRun.ts';
import { compareRuns, MOST_CLAIMS } from './verdict.ts';
import { INTERVAL } from './window.ts';

const verdict = (...runs: readonly ComparedRun[]) => compareRuns(runs).claims;
const plain = (depth: number, mean: number, given?: Given) => run(model('plain', depth), mean, given);
const residual = (depth: number, mean: number, given?: Given) => run(model('basic', depth), mean, given);
/** ResNet-20 under a recipe that differs in this. */
const under = (id: string, mean: number, recipe: Partial<RunConfig>, given: Given = {}) =>
  residual(20, mean, { id, recipe, ...given });
const said = (...runs: readonly ComparedRun[]) =>
  verdict(...runs).map(({ dimension, worse, better }) => `${dimension}: ${worse} > ${better}`);

test('a deeper plain net with a higher training error is the claim, with its window and numbers', () => {
  const [claim, ...rest] = verdict(plain(20, 0.6), plain(56, 0.8));
  expect(rest).toEqual([]);
  const window = { from: 51, to: 100 };
  expect(claim).toMatchObject({ dimension: 'depth', worse: 'plain-56', better: 'plain-20' });
  expect(claim!.evidence).toEqual({ kind: 'steps', windows: [window, window] });
  expect(claim!.gap).toBeCloseTo(0.2, 1);
  expect(claim!.errors.worse - claim!.errors.better).toBeCloseTo(claim!.gap, 12);
  expect(claim!.noise).toBeLessThan(0.04);
});

test('a deeper net that does better is told as such', () => {
  expect(said(residual(20, 0.6), residual(56, 0.5))).toEqual(['depth: basic-20 > basic-56']);
});

test('twins are compared by their shortcut, of whatever option', () => {
  expect(said(plain(56, 0.8), residual(56, 0.6))).toEqual(['skip: plain-56 > basic-56']);
  const projected = run(model('basic', 56, { shortcut: 'C' }), 0.6);
  expect(said(plain(56, 0.8), projected)).toEqual(['skip: plain-56 > basic-56']);
});

test('whatever else two nets differ in alone is compared, too', () => {
  const base = () => under('base', 0.6, {});
  const others: readonly (readonly [string, ComparedRun])[] = [
    ['shortcut', run(model('basic', 20, { shortcut: 'B' }), 0.4)],
    ['filters', run(model('basic', 20, { width: 16 }), 0.4)],
    ['optimizer', under('other', 0.4, { optimizer: customaryOptimizer('adam') })],
    [
      'learningRate',
      under('other', 0.4, { optimizer: { ...customaryOptimizer('sgd'), learningRate: 0.01 } }),
    ],
    ['weightDecay', under('other', 0.4, { optimizer: { ...customaryOptimizer('sgd'), weightDecay: 0 } })],
    ['schedule', under('other', 0.4, { schedule: { type: 'cosine' } })],
    ['labelSmoothing', under('other', 0.4, { labelSmoothing: 0.1 })],
    ['normalisation', under('other', 0.4, { normalisation: 'channel' })],
    ['startWeights', under('other', 0.4, {}, { startedFrom: 'mine.safetensors' })],
  ];
  for (const [dimension, other] of others) {
    expect(said(base(), other)).toEqual([`${dimension}: base > ${other.id}`]);
  }
  expect(said(residual(56, 0.6), run(model('bottleneck', 56), 0.4))).toEqual([
    'unit: basic-56 > bottleneck-56',
  ]);
});

test.each(presets.map((preset) => [preset.id, preset] as const))(
  'the preset %s puts a question',
  (_, preset) => {
    const experiment = classroomExperiment(preset, 'cpu');
    const runs = experiment.lanes.map((lane, i): ComparedRun => {
      const config = runOfLane(experiment, lane);
      const setting = { config, startedFrom: null, precision: null };
      return { ...plain(20, 0.3 + i / 10, { id: lane.id }), setting };
    });
    const { claims, alone } = compareRuns(runs);
    expect(claims.length).toBeGreaterThan(0);
    expect(alone).toEqual([]);
  },
);

test('of three optimisers the largest gap is told, and what follows from it is not', () => {
  const optimised = (type: 'sgd' | 'adam' | 'rmsprop', mean: number) =>
    under(type, mean, { optimizer: customaryOptimizer(type) });
  expect(said(optimised('sgd', 0.5), optimised('adam', 0.7), optimised('rmsprop', 0.35))).toEqual([
    'optimizer: adam > rmsprop',
  ]);
});

test('the pair with the widest span speaks for its question, unless it has nothing to say', () => {
  expect(said(plain(20, 0.4), plain(32, 0.55), plain(56, 0.8))).toEqual(['depth: plain-56 > plain-20']);
  expect(said(plain(20, 0.5), plain(32, 0.8), plain(56, 0.5))).toEqual(['depth: plain-32 > plain-56']);
  expect(said(plain(20, 0.7), residual(20, 0.5), plain(56, 0.8), residual(56, 0.5))).toContain(
    'skip: plain-56 > basic-56',
  );
});

test('depth is one question of plain and one of residual nets; the strongest comes first', () => {
  const twins = [plain(20, 0.6), plain(56, 0.87), residual(20, 0.4), residual(56, 0.55)];
  expect(said(...twins)).toEqual([
    'skip: plain-56 > basic-56',
    'depth: plain-56 > plain-20',
    'depth: basic-56 > basic-20',
  ]);
});

test('there are never more claims than a person reads', () => {
  const sgd = customaryOptimizer('sgd');
  const claims = said(
    under('base', 0.8, {}),
    residual(56, 0.1),
    plain(20, 0.15),
    run(model('basic', 20, { width: 16 }), 0.3, { id: 'wide' }),
    under('small', 0.4, { optimizer: { ...sgd, learningRate: 0.01 } }),
    under('smooth', 0.6, { labelSmoothing: 0.1 }),
  );
  expect(claims).toHaveLength(MOST_CLAIMS);
  expect(claims).not.toContain('labelSmoothing: base > smooth');
});

test('nets with other batches are compared where both have seen as many images', () => {
  const small = under('small', 0.5, { batchSize: 64 }, { steps: 300, ended: true });
  const large = under('large', 0.7, { batchSize: 128 }, { steps: 300, ended: true });
  // Later, the large one is as far: that is not looked at.
  (large.error as Float64Array).fill(0.5, 160);
  const [claim] = verdict(small, large);
  expect(claim).toMatchObject({ dimension: 'batchSize', worse: 'large', better: 'small' });
  expect(claim!.evidence).toEqual({
    kind: 'steps',
    windows: [
      { from: 101, to: 150 },
      { from: 201, to: 300 },
    ],
  });
});

test('nets that train on other images are compared by their tests', () => {
  const tests = (error: number) => [
    { step: 100, error: 0.9, images: 500 },
    { step: 200, error, images: 500 },
  ];
  const as = under('as they are', 0.3, {}, { tests: tests(0.55), ended: true });
  const flipped = (error: number) =>
    under('flipped', 0.6, { augment: 'paper' }, { tests: tests(error), ended: true });
  const [claim] = verdict(as, flipped(0.4));
  expect(claim).toMatchObject({ dimension: 'augment', worse: 'as they are', better: 'flipped' });
  expect(claim!.evidence).toEqual({ kind: 'test', step: 200, images: 500 });
  // Twice the root of 0.55 * 0.45 / 500 + 0.4 * 0.6 / 500.
  expect(claim!.noise).toBeCloseTo(0.0624, 3);
  const silence = (...runs: ComparedRun[]) => compareRuns(runs).silent.map(({ why }) => why);
  expect(silence(as, flipped(0.52))).toEqual(['noise']);
  expect(silence(as, { ...flipped(0.4), tests: [] })).toEqual(['untested']);
  expect(silence(as, { ...flipped(0.4), tests: [], ended: false })).toEqual(['short']);
});

test('earlier runs are compared with the present ones, and not with one another', () => {
  const earlier = { present: false, ended: true };
  expect(said(plain(20, 0.4, earlier), plain(56, 0.8))).toEqual(['depth: plain-56 > plain-20']);
  expect(said(plain(20, 0.4, earlier), plain(56, 0.8, earlier), residual(32, 0.5))).toEqual([]);
  // What the present runs answer among themselves is not asked of earlier ones.
  expect(said(plain(20, 0.4), plain(56, 0.8), plain(110, 0.85, earlier))).toEqual([
    'depth: plain-56 > plain-20',
  ]);
  // The last of those that repeat one another counts.
  const [old, new_] = [plain(20, 0.8, { ...earlier, id: 'old' }), plain(20, 0.4, { ...earlier, id: 'new' })];
  expect(said(old, new_, plain(56, 0.7))).toEqual(['depth: plain-56 > new']);
});

test('another seed, or another batch of settings beside it, is another thing', () => {
  const seed = (id: string, depth: number, seed_: number) =>
    plain(depth, depth / 70, { id, recipe: { seed: seed_ } });
  expect(said(seed('a', 20, 1), seed('b', 56, 2))).toEqual([]);
  expect(compareRuns([seed('a', 20, 1), seed('b', 20, 2)]).alone.map(({ why }) => why)).toEqual([
    'seed',
    'seed',
  ]);
});

test('a window with a value that is not finite supports nothing', () => {
  const broken = plain(56, 0.8);
  (broken.error as Float64Array)[80] = NaN;
  expect(verdict(plain(20, 0.5), broken)).toEqual([]);
});

test('a finished run is judged to its last step, a running one in intervals', () => {
  const pair = (steps: number, ended: boolean) =>
    verdict(plain(20, 0.5, { steps, ended }), plain(56, 0.8, { steps, ended })).map(({ evidence }) =>
      evidence.kind === 'steps' ? evidence.windows[0].to : null,
    );
  expect(pair(ERROR_MEAN_STEPS - 1, true)).toEqual([]);
  expect(pair(ERROR_MEAN_STEPS + INTERVAL + 3, false)).toEqual([ERROR_MEAN_STEPS + INTERVAL]);
  expect(pair(ERROR_MEAN_STEPS + INTERVAL + 3, true)).toEqual([ERROR_MEAN_STEPS + INTERVAL + 3]);
});

test('no gap within the noise is ever claimed, and every claimed gap exceeds noise and floor', () => {
  const share = fc.double({ min: 0.1, max: 0.9, noNaN: true });
  fc.assert(
    fc.property(share, share, fc.double({ min: 0, max: 0.4, noNaN: true }), (a, b, spread) => {
      for (const claim of verdict(plain(20, a, { spread }), plain(56, b, { spread }))) {
        expect(claim.gap).toBeGreaterThan(Math.max(MINIMAL_GAP, claim.noise));
      }
    }),
  );
});

test('of eight nets that are the same but for their labels, few sets ever show a claim', () => {
  let claims = 0;
  for (let world = 0; world < 300; world++) {
    const nets = [20, 26, 32, 38, 44, 50, 56, 62].map((depth) => plain(depth, 0.6, { id: `${world} ${depth}`, spread: 0.12 })); // prettier-ignore
    claims += verdict(...nets).length;
  }
  expect(claims / 300).toBeLessThan(0.06);
});

test('what was compared is told from what was not, with the reason', () => {
  const silence = (...runs: ComparedRun[]) => compareRuns(runs).silent.map(({ why }) => why);
  expect(compareRuns([plain(20, 0.6), plain(56, 0.6)])).toMatchObject({ claims: [], alone: [] });
  expect(silence(plain(20, 0.6), plain(56, 0.6))).toEqual(['noise']);
  expect(silence(plain(20, 0.6, { steps: 40 }), plain(56, 0.8))).toEqual(['short']);
  const broken = plain(56, 0.8);
  (broken.error as Float64Array)[80] = NaN;
  expect(silence(plain(20, 0.5), broken)).toEqual(['broken']);
  expect(silence(plain(20, 0.5), { ...plain(56, 0.8), error: null })).toEqual(['sparse']);
});

test('nets in no pair are told with the one that they are nearest to, and in what they differ from it', () => {
  const alone = (...runs: ComparedRun[]) =>
    compareRuns(runs).alone.map((one) => [one.run.id, one.why, ...('other' in one ? [one.other.id, one.dimensions.join()] : [])]); // prettier-ignore
  expect(alone(plain(20, 0.6))).toEqual([['plain-20', 'single']]);
  expect(alone(plain(20, 0.6), residual(56, 0.5))).toEqual([
    ['plain-20', 'several', 'basic-56', 'depth,skip'],
    ['basic-56', 'several', 'plain-20', 'depth,skip'],
  ]);
  const adam = plain(56, 0.8, { recipe: { optimizer: customaryOptimizer('adam') } });
  expect(alone(plain(20, 0.6), adam)[0]).toEqual(['plain-20', 'several', 'plain-56', 'depth,optimizer']);
  // Of three nets one may be compared with no other.
  expect(alone(plain(20, 0.6), plain(56, 0.8), residual(32, 0.5))).toEqual([
    ['basic-32', 'several', 'plain-20', 'depth,skip'],
  ]);
  expect(alone(plain(20, 0.6), plain(20, 0.6, { id: 'copy' }))).toEqual([
    ['plain-20', 'same', 'copy', ''],
    ['copy', 'same', 'plain-20', ''],
  ]);
  expect(alone({ ...plain(20, 0.6), setting: null }, plain(56, 0.8))).toEqual([
    ['plain-20', 'unknown'],
    ['plain-56', 'single'],
  ]);
  // A branch began as another run: its setting does not say how it was trained.
  expect(alone({ ...plain(56, 0.6), branch: { of: 'x', step: 50 } }, plain(20, 0.8))).toEqual([
    ['plain-56', 'branch'],
    ['plain-20', 'single'],
  ]);
});

test('a branch is compared with what it began as, and with other branches from there, over steps after it alone', () => {
  const of = (id: string, mean: number, step: number, parent = 'plain-56') => ({
    ...residual(56, mean, { id }),
    branch: { of: parent, step },
  });
  const parent = plain(56, 0.8);
  const [claim] = verdict(parent, of('on', 0.6, 40));
  expect(claim).toMatchObject({ dimension: 'skip', worse: 'plain-56', better: 'on', shared: 40 });
  expect(said(parent, of('on', 0.6, 50))).toHaveLength(1);
  // The window would reach back into what both share.
  expect(compareRuns([parent, of('on', 0.6, 51)]).silent.map(({ why }) => why)).toEqual(['short']);
  // What began as another run says nothing of this one; neither does a net that was trained from its start.
  expect(said(parent, of('on', 0.6, 40, 'elsewhere'))).toEqual([]);
  expect(said(residual(56, 0.4), of('on', 0.6, 40, 'elsewhere'))).toEqual([]);
  // Branches from one moment; from two they share less than either says.
  const slow = { ...under('slow', 0.4, { optimizer: { ...customaryOptimizer('sgd'), learningRate: 0.01 } }), branch: { of: 'x', step: 40 } }; // prettier-ignore
  const fast = { ...under('fast', 0.6, {}), branch: { of: 'x', step: 40 } };
  expect(said(slow, fast)).toEqual(['learningRate: fast > slow']);
  expect(said(slow, { ...fast, branch: { of: 'x', step: 30 } })).toEqual([]);
  // Their steps are of other numbers of images.
  const parentOf = under('parent', 0.6, {});
  const large = { ...under('large', 0.4, { batchSize: 128 }), branch: { of: 'parent', step: 20 } };
  expect(said(parentOf, large)).toEqual([]);
  // An earlier run with the setting of a branch is no repetition of it.
  expect(said(parent, of('on', 0.6, 40), residual(56, 0.5, { present: false }))).toHaveLength(2);
});

test('a net at guessing is called that, and is compared with one that has learned', () => {
  const found = compareRuns([plain(20, 0.6), plain(56, 0.89, { spread: 0.01 })]);
  expect(found.claims).toHaveLength(1);
  expect(found.guessing.map((one) => one.run.id)).toEqual(['plain-56']);
  expect(found.guessing[0]!.error).toBeCloseTo(0.89, 1);
});

test('where both guess, that is the reason, however far they are apart', () => {
  const found = compareRuns([plain(20, 0.885, { spread: 0.01 }), plain(56, 0.93, { spread: 0.01 })]);
  expect([found.claims, found.silent.map(({ why }) => why)]).toEqual([[], ['guessing']]);
  expect(found.guessing.map((one) => one.run.id)).toEqual(['plain-20', 'plain-56']);
});

test('a net that is clearly below guessing does not guess, nor one that has too few steps to say', () => {
  const guessing = (net: ComparedRun) => compareRuns([net]).guessing.length;
  expect(guessing(plain(56, 0.87, { spread: 0.01 }))).toBe(0);
  // A batch of one or two scatters so much that 87% cannot be told from guessing.
  expect(guessing(plain(56, 0.87, { spread: 0.3, id: 'noisy' }))).toBe(1);
  expect(guessing(plain(56, 0.9, { steps: 40 }))).toBe(0);
});
