import { createNodeOps } from '../../../test/backends.ts';
import { installWebGpu } from '../../../cli/dawn.ts';
import { describeNumericSuite } from '../../../test/numericSuite.ts';

const missing = await installWebGpu();
describeNumericSuite('composed operations on webgpu', () => createNodeOps('webgpu'), {
  tolerance: 5e-6,
  missing,
});
