import { openNodeOps } from '../../../cli/nodeDevice.ts';
import { describeNumericSuite } from '../../../test/numericSuite.ts';
import { describeParity } from '../../../test/parity.ts';
import { describeWholeNets } from '../../../test/wholeNet.ts';

const name = 'SIMD kernels on wasm';
const createOps = () => openNodeOps('wasm');

describeNumericSuite(name, createOps, { tolerance: 2e-6 });
describeWholeNets(name, createOps, { tolerance: 1e-5 });
describeParity(name, createOps);
