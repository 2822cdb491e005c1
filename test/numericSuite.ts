/** The one numeric suite that every implementation of the training operations has to pass. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { TensorLike, TrainingOps } from '../src/kernels/ops.ts';
import { flatCases } from './flatCases.ts';
import { createRandom } from '../src/model/random.ts';
import { faults, nonFiniteFaults } from './judge.ts';
import { networkCases } from './networkCases.ts';
import { nonFiniteLayers, otherNonFiniteCases } from './nonFiniteCases.ts';
import type { NumericCase } from './numericCase.ts';

export interface SuiteOptions {
  /** Largest allowed max |a - b| / max |b| against the float64 reference. Cases may multiply it: their slack. */
  readonly tolerance: number;
  /** Allowed on top, even of cases that are otherwise exact: what storing an output rounds off. */
  readonly rounding?: number;
  /**
   * The widths of maps at which a NaN has to stay one. Around the four lanes of a vector, and as many as Winograd's transforms are
   * taken for. None where NaN is lost, which only what nothing trains on may do.
   */
  readonly nonFiniteWidths?: readonly number[];
  /** The side of the maps that convolutions read there. With 8, kernels that are compiled by size are those of the cases without NaN. */
  readonly nonFiniteSide?: number;
  /** Of NaN and Infinity those that are not turned into each other. */
  readonly nonFiniteValues?: readonly number[];
  /** Why the implementation cannot run here; null where it can. The suite is skipped and says so. */
  readonly missing?: string | null;
}

/** Describes the suite for one implementation. `createOps` is called once, before the first test. */
export function describeNumericSuite<T extends TensorLike>(
  name: string,
  createOps: () => Promise<TrainingOps<T>>,
  {
    tolerance,
    rounding = 0,
    nonFiniteWidths = [1, 2, 3, 4, 5, 6, 7, 16],
    nonFiniteSide = 6,
    nonFiniteValues = [NaN, Infinity],
    missing = null,
  }: SuiteOptions,
): void {
  const title = missing === null ? name : `${name}, SKIPPED: ${missing}`;
  describe.skipIf(missing !== null)(title, () => {
    let ops: TrainingOps<T>;
    beforeAll(async () => {
      ops = await createOps();
    });

    for (const numericCase of [...networkCases, ...flatCases]) {
      const limit = tolerance * numericCase.slack + rounding;
      const how = limit === 0 ? 'exactly' : `within ${limit.toExponential(0)}`;
      test(`${numericCase.name}: ${how}`, async () => {
        expect(await faults(numericCase, ops, tolerance, rounding)).toEqual([]);
      });
    }

    const staysWild = (cases: readonly NumericCase[]) => async () => {
      const found: string[] = [];
      for (const numericCase of cases) {
        const of = await nonFiniteFaults(numericCase, ops, tolerance, rounding);
        found.push(...of.map((fault) => `${numericCase.name}: ${fault}`));
      }
      expect(found).toEqual([]);
    };
    for (const width of nonFiniteWidths) {
      test(
        `${nonFiniteValues.join(' and ')} stay visible in maps of width ${width}`,
        staysWild(nonFiniteLayers(width, nonFiniteValues, nonFiniteSide)),
      );
    }
    test.skipIf(nonFiniteWidths.length === 0)(
      'NaN and Infinity stay visible in cross-entropy, sums and updates',
      staysWild(otherNonFiniteCases),
    );

    // This holds even where NaN is lost on its way through a net.
    test('a NaN in batch norm shows in its moments and gradients', async () => {
      const shape = [2, 4, 4, 4];
      const whole = new Float32Array(128).map((_, i) => i % 5);
      const x = ops.upload(whole, shape);
      const wild = ops.upload(whole.with(17, NaN), shape);
      const affine = ops.upload(new Float32Array(8).fill(1), [2, 4]);
      const good = ops.batchNorm(x, affine, null, true);
      const bad = ops.batchNorm(wild, affine, null, true);
      const gradients = ops.batchNormGradient(wild, good.y, x, affine, good.moments, false, true);
      for (const pair of [bad.moments, gradients.dAffine]) {
        // Number 17 is in channel 1.
        const values = await ops.download(pair);
        expect([...values].map(Number.isFinite)).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((i) => i % 4 !== 1));
      }
      const all = [
        x,
        wild,
        affine,
        good.y,
        good.moments,
        bad.y,
        bad.moments,
        gradients.dx,
        gradients.dAffine,
      ];
      for (const tensor of all) ops.dispose(tensor);
    });

    // What is recomputed is computed with the moments of before (training/network.ts).
    test('batch norm with the moments that it gave gives what it gave, to the last bit', async () => {
      const random = createRandom('recomputed');
      const found: string[] = [];
      for (const channels of [1, 3, 4, 8, 16]) {
        for (const [relu, withResidual] of [
          [false, false],
          [true, false],
          [true, true],
        ] as const) {
          const shape = [3, 5, 6, channels];
          const normals = (size: number) => Float32Array.from({ length: size }, () => 3 + random.normal());
          const x = ops.upload(normals(90 * channels), shape);
          const residual = withResidual ? ops.upload(normals(90 * channels), shape) : null;
          const affine = ops.upload(normals(2 * channels), [2, channels]);
          const { y, moments } = ops.batchNorm(x, affine, residual, relu);
          const again = ops.batchNormInference(x, affine, moments, residual, relu);
          const [one, other] = [await ops.download(y), await ops.download(again)];
          if (!one.every((value, i) => Object.is(value, other[i])))
            found.push(`${channels} channels, ReLU ${relu}, residual ${withResidual}`);
          for (const tensor of [x, affine, y, moments, again]) ops.dispose(tensor);
          if (residual) ops.dispose(residual);
        }
      }
      expect(found).toEqual([]);
    });

    test('synchronise waits and leaves no tensor behind', async () => {
      const before = ops.tensorCount();
      await ops.synchronise();
      expect(ops.tensorCount()).toBe(before);
    });
  });
}
