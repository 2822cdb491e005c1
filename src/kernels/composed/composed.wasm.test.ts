import { createNodeOps } from '../../../test/backends.ts';
import { describeNumericSuite } from '../../../test/numericSuite.ts';

// XNNPACK's pooling and depthwise convolution turn NaN into -Infinity on some processors. Only benchmarks and tests run these.
describeNumericSuite('composed operations on wasm', () => createNodeOps('wasm'), {
  tolerance: 2e-6,
  nonFiniteWidths: [],
});
