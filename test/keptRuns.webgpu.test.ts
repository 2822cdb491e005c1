import { installWebGpu } from '../cli/node/dawn.ts';
import { startWebGpu } from '../src/kernels/webgpu/runtime/startWebGpu.ts';
import { planFor } from '../src/kernels/webgpu/tuning/planFor.ts';
import { createWebGpuOps } from '../src/kernels/webgpu/webgpuOps.ts';
import { describeKeptRuns } from './keptRuns.ts';

const missing = await installWebGpu();
async function createOps() {
  const webGpu = await startWebGpu({});
  return createWebGpuOps(webGpu, planFor(webGpu));
}
describeKeptRuns('webgpu', createOps, { missing, steps: 8, killEvery: 4 });
