/** The suites over the build of the WASM kernels that this Node does not choose itself: with relaxed SIMD, or without. */
import { test } from 'vitest';
import { openNodeOps } from '../cli/node/nodeDevice.ts';
import { allowRelaxedSimd } from '../cli/node/relaxedSimd.ts';
import { takesRelaxedSimd } from '../src/kernels/wasm/host/loadKernels.ts';
import { describeNumericSuite } from './numericSuite.ts';
import { describeWholeNets } from './wholeNet.ts';

/** Once a file: a process has one backend, whose memory is shared or not. */
export function describeOtherBuild(memory: 'single' | 'shared', threads: number): void {
  const relaxedByDefault = takesRelaxedSimd();
  if (!allowRelaxedSimd()) {
    test.skip(`relaxed SIMD: Node ${process.version} has none`, () => undefined);
    return;
  }
  const variant = relaxedByDefault ? memory : (`${memory}-relaxed` as const);
  const createOps = () => openNodeOps('wasm', { threads, build: () => variant });
  describeNumericSuite(`the build ${variant}`, createOps, { tolerance: 2e-6 });
  describeWholeNets(`the build ${variant}`, createOps, { tolerance: 1e-5, leakSteps: 20 });
}
