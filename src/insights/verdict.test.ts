import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ERROR_MEAN_STEPS } from '../model/errorMean.ts';
import { customaryOptimizer } from '../model/presets.ts';
import { createRandom } from '../model/random.ts';
import type { ModelConfig } from '../model/config.ts';
import { compareLanes, INTERVAL, MINIMAL_GAP, verdict, type ComparedLane } from './verdict.ts';

const model = (block: ModelConfig['block'], depth: number, rest: Partial<ModelConfig> = {}): ModelConfig => ({
  family: 'cifar',
  block,
  depth,
  shortcut: 'A',
  width: 8,
  ...rest,
});

/** A lane whose training error scatters by `spread` around `mean`. */
function lane(
  net: ModelConfig,
  mean: number,
  { steps = 100, spread = 0.05, ended = false, id = `${net.block}-${net.depth}` } = {},
): ComparedLane {
  const random = createRandom(id);
  const error = Float32Array.from({ length: steps }, () => mean + spread * random.normal());
  return { id, model: net, optimizer: customaryOptimizer('sgd'), error, ended };
}

test('a deeper plain net with a higher training error is the claim, with its window and numbers', () => {
  const [claim, ...rest] = verdict([lane(model('plain', 20), 0.68), lane(model('plain', 56), 0.87)]);
  expect(rest).toEqual([]);
  expect(claim).toMatchObject({ kind: 'depth-plain', worse: 'plain-56', better: 'plain-20' });
  expect(claim).toMatchObject({ againstDepthOrShortcut: true, from: 51, to: 100 });
  expect(claim!.gap).toBeCloseTo(0.19, 1);
  expect(claim!.noise).toBeLessThan(0.04);
});

test('nets that are trained by different optimisers support no claim', () => {
  const adam = { ...lane(model('plain', 56), 0.87), optimizer: customaryOptimizer('adam') };
  expect(verdict([lane(model('plain', 20), 0.68), adam])).toEqual([]);
  expect(verdict([adam, lane(model('basic', 56), 0.5)])).toEqual([]);
});

test('a deeper net that does better is told as such', () => {
  const [claim] = verdict([lane(model('basic', 20), 0.6), lane(model('basic', 56), 0.5)]);
  expect(claim).toMatchObject({ kind: 'depth-residual', worse: 'basic-20', againstDepthOrShortcut: false });
});

test('twins of one depth are compared by their shortcut alone', () => {
  const claims = verdict([lane(model('plain', 56), 0.87), lane(model('basic', 56), 0.69)]);
  expect(claims).toHaveLength(1);
  expect(claims[0]).toMatchObject({ kind: 'shortcut', worse: 'plain-56', againstDepthOrShortcut: false });
});

test('the pair with the widest span of depth speaks for its kind', () => {
  const claims = verdict([
    lane(model('plain', 20), 0.5),
    lane(model('plain', 32), 0.6),
    lane(model('plain', 56), 0.9),
  ]);
  expect(claims.map((claim) => [claim.worse, claim.better])).toEqual([['plain-56', 'plain-20']]);
});

test('nothing is said of nets that differ in more than one thing', () => {
  expect(verdict([lane(model('plain', 20), 0.5), lane(model('plain', 56, { width: 16 }), 0.9)])).toEqual([]);
  expect(verdict([lane(model('basic', 20), 0.5), lane(model('basic', 56, { shortcut: 'B' }), 0.9)])).toEqual(
    [],
  );
  expect(verdict([lane(model('plain', 20), 0.9), lane(model('basic', 20, { shortcut: 'B' }), 0.5)])).toEqual(
    [],
  );
});

test('a window with a value that is not finite supports nothing', () => {
  const broken = lane(model('plain', 56), 0.9);
  (broken.error as Float32Array)[80] = NaN;
  expect(verdict([lane(model('plain', 20), 0.5), broken])).toEqual([]);
});

test('a finished run is judged to its last step, a running one in intervals', () => {
  const pair = (steps: number, ended: boolean) =>
    verdict([
      lane(model('plain', 20), 0.5, { steps, ended }),
      lane(model('plain', 56), 0.9, { steps, ended }),
    ]).map((claim) => claim.to);
  expect(pair(ERROR_MEAN_STEPS - 1, true)).toEqual([]);
  expect(pair(ERROR_MEAN_STEPS + INTERVAL + 3, false)).toEqual([ERROR_MEAN_STEPS + INTERVAL]);
  expect(pair(ERROR_MEAN_STEPS + INTERVAL + 3, true)).toEqual([ERROR_MEAN_STEPS + INTERVAL + 3]);
});

test('no gap within the noise is ever claimed, and every claimed gap exceeds noise and floor', () => {
  const share = fc.double({ min: 0.1, max: 0.9, noNaN: true });
  fc.assert(
    fc.property(share, share, fc.double({ min: 0, max: 0.4, noNaN: true }), (a, b, spread) => {
      const claims = verdict([
        lane(model('plain', 20), a, { spread }),
        lane(model('plain', 56), b, { spread }),
      ]);
      for (const claim of claims) expect(claim.gap).toBeGreaterThan(Math.max(MINIMAL_GAP, claim.noise));
    }),
  );
});

test('what was compared is told from what was not, with the reason', () => {
  const close = compareLanes([lane(model('plain', 20), 0.6), lane(model('plain', 56), 0.6)]);
  expect([close.claims, close.silent.map(({ why }) => why), close.alone]).toEqual([[], ['noise'], []]);
  const early = compareLanes([lane(model('plain', 20), 0.6, { steps: 40 }), lane(model('plain', 56), 0.9)]);
  expect(early.silent.map(({ why }) => why)).toEqual(['short']);
  const broken = lane(model('plain', 56), 0.9);
  (broken.error as Float32Array)[80] = NaN;
  expect(compareLanes([lane(model('plain', 20), 0.5), broken]).silent.map(({ why }) => why)).toEqual(['broken']); // prettier-ignore

  const alone = (...lanes: ComparedLane[]) => compareLanes(lanes).alone.map(({ net, why }) => [net.id, why]);
  expect(alone(lane(model('plain', 20), 0.6))).toEqual([['plain-20', 'single']]);
  const adam = { ...lane(model('plain', 56), 0.8), optimizer: customaryOptimizer('adam') };
  expect(alone(lane(model('plain', 20), 0.6), adam)).toEqual([['plain-20', 'optimizer'], ['plain-56', 'optimizer']]); // prettier-ignore
  const wide = lane(model('plain', 56, { width: 16 }), 0.6);
  expect(alone(lane(model('plain', 20), 0.6), wide)).toEqual([['plain-20', 'several'], ['plain-56', 'several']]); // prettier-ignore
  // Of three nets one may be compared with no other.
  expect(alone(lane(model('plain', 20), 0.6), lane(model('plain', 56), 0.9), lane(model('basic', 32), 0.5))).toEqual([['basic-32', 'several']]); // prettier-ignore
});

test('one net under three optimisers is compared with nothing, for it is trained differently', () => {
  const nets = (['sgd', 'adam', 'rmsprop'] as const).map((type) => ({ ...lane(model('basic', 20), 0.5, { id: type }), optimizer: customaryOptimizer(type) })); // prettier-ignore
  const { claims, silent, alone } = compareLanes(nets);
  expect([claims, silent]).toEqual([[], []]);
  expect(alone.map(({ why }) => why)).toEqual(['optimizer', 'optimizer', 'optimizer']);
});
