import { createNodeOps } from './backends.ts';
import { describeKeptRuns } from './keptRuns.ts';

describeKeptRuns('cpu', () => createNodeOps('cpu'), { steps: 12, killEvery: 5 });
