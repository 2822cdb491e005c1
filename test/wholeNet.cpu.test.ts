import { createNodeOps } from './backends.ts';
import { describeWholeNets } from './wholeNet.ts';

describeWholeNets('cpu', () => createNodeOps('cpu'), { tolerance: 1e-5, isSlow: true });
