import { installWebGpu } from '../../../cli/dawn.ts';
import { openNodeOps } from '../../../cli/nodeDevice.ts';
import { describeParity } from '../../../test/parity.ts';

const missing = await installWebGpu();
describeParity('webgpu, own kernels', () => openNodeOps('webgpu'), { missing });
