import { openNodeOps } from '../../../../cli/node/nodeDevice.ts';
import { describeNumericSuite } from '../../../../test/numericSuite.ts';
import { describeWholeNets } from '../../../../test/wholeNet.ts';

const name = 'SIMD kernels on wasm, three threads';
const createOps = () => openNodeOps('wasm', { threads: 3 });

describeNumericSuite(name, createOps, { tolerance: 2e-6 });
describeWholeNets(name, createOps, { tolerance: 1e-5, leakSteps: 20 });
