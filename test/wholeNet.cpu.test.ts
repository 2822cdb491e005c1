import { createNodeOps } from './backends.ts';
import { describeWholeNets } from './wholeNet.ts';

// The same composed operations take 200 steps on WASM.
describeWholeNets('cpu', () => createNodeOps('cpu'), { tolerance: 1e-5, isSlow: true, leakSteps: 20 });
