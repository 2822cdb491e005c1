import { installWebGpu } from '../../../cli/dawn.ts';
import { describeNumericSuite } from '../../../test/numericSuite.ts';
import { softwarePlan } from './convPlan.ts';

const missing = await installWebGpu();

describeNumericSuite(
  'WebGPU, barrier-free kernels',
  async () => {
    const { startWebGpu } = await import('./startWebGpu.ts');
    const { createWebGpuOps } = await import('./webgpuOps.ts');
    const { backend } = await startWebGpu();
    return createWebGpuOps(backend, softwarePlan);
  },
  { tolerance: 1e-5, missing },
);
