import { installWebGpu } from '../cli/node/dawn.ts';
import { createNodeOps } from './backends.ts';
import { describeWholeNets } from './wholeNet.ts';

const missing = await installWebGpu();
describeWholeNets('webgpu', () => createNodeOps('webgpu'), { tolerance: 1e-5, losesNaN: true, missing });
