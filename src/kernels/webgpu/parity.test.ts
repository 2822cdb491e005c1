import { installWebGpu } from '../../../cli/node/dawn.ts';
import { openNodeOps } from '../../../cli/node/nodeDevice.ts';
import { describeParity } from '../../../test/parity.ts';

const missing = await installWebGpu();
describeParity('webgpu, own kernels', () => openNodeOps('webgpu'), { missing });
