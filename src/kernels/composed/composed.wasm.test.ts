import { createNodeOps } from '../../../test/backends.ts';
import { describeNumericSuite } from '../../../test/numericSuite.ts';

describeNumericSuite('composed operations on wasm', () => createNodeOps('wasm'), { tolerance: 2e-6 });
