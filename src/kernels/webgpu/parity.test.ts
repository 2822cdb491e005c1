import { installWebGpu } from '../../../cli/node/dawn.ts';
import { openNodeOps } from '../../../cli/node/nodeDevice.ts';
import { describeParity } from '../../../test/parity.ts';

const missing = await installWebGpu();
const createOps = () => openNodeOps('webgpu');
describeParity('webgpu, own kernels', createOps, { missing, names: ['residual8-A', 'residual8-B-adam'] });
// On SwiftShader a step takes seconds. What these two have of their own shows in the loss, the gradient and one update.
describeParity('webgpu, own kernels', createOps, {
  missing,
  names: ['residual8-A-smoothed', 'plain8'],
  steps: 2,
});
