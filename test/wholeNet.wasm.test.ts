import { createNodeOps } from './backends.ts';
import { describeWholeNets } from './wholeNet.ts';

describeWholeNets('wasm', () => createNodeOps('wasm'), { tolerance: 1e-5, losesNaN: true });
