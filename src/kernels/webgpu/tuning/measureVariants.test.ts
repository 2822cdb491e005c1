import { describe, expect, test } from 'vitest';
import { installWebGpu } from '../../../../cli/node/dawn.ts';
import { systemClock } from '../../../model/clock.ts';
import { forwardBindings } from '../conv/convBindings.ts';
import { convShape } from '../conv/convShape.ts';
import { type ConvRole, type ConvVariant, gpuVariants, variantsFor } from './convVariant.ts';
import { measureVariants } from './measureVariants.ts';
import { startWebGpu } from '../runtime/startWebGpu.ts';

const missing = await installWebGpu();
const webGpu = missing === null ? await startWebGpu() : null;
const shape = convShape([2, 9, 9, 8], [3, 3, 8, 4], 1);
const roles: readonly ConvRole[] = ['forward', 'inputGradient', 'filterGradient'];
const seconds = () => systemClock.seconds();

/** A variant whose kernels ask for more invocations in a workgroup than any device has. */
const refused: ConvVariant = {
  name: 'refused',
  fits: () => true,
  work: () => ({
    kernel: {
      label: 'refused',
      bindings: forwardBindings(shape),
      wgsl: () => '@compute @workgroup_size(65536) fn main() {}',
      workgroups: [1, 1],
    },
    parts: 1,
  }),
};

describe.skipIf(missing !== null)(`measureVariants${missing ? `, SKIPPED: ${missing}` : ''}`, () => {
  test.each(roles)('%s: gives a time for each variant and leaves no tensors', async (role) => {
    const { backend } = webGpu!;
    const variants = variantsFor(gpuVariants, role, shape);
    const before = backend.numDataIds();
    const times = await measureVariants(backend, { role, shape, batch: 2 }, variants, seconds);
    expect(times).toHaveLength(variants.length);
    for (const time of times) expect(time > 0 && time < 60).toBe(true);
    expect(backend.numDataIds()).toBe(before);
  });

  test('gives no time for what the device refuses', async () => {
    const { backend } = webGpu!;
    const [usable] = variantsFor(gpuVariants, 'forward', shape);
    const of = { role: 'forward', shape, batch: 2 } as const;
    const times = await measureVariants(backend, of, [refused, usable], seconds);
    expect(times[0]).toBe(Infinity);
    expect(times[1]).toBeLessThan(60);
  });
});
