import { createNodeOps } from '../../../test/backends.ts';
import { installWebGpu } from '../../../cli/node/dawn.ts';
import { describeNumericSuite } from '../../../test/numericSuite.ts';

const missing = await installWebGpu();
describeNumericSuite('composed operations on webgpu', () => createNodeOps('webgpu'), {
  tolerance: 5e-6,
  // SwiftShader's exp loses NaN, and tf.js does not look at the bits. Only benchmarks and tests run these.
  nonFiniteWidths: [],
  missing,
});
