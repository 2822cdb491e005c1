import { createNodeOps } from './backends.ts';
import { describeKeptRuns } from './keptRuns.ts';

describeKeptRuns('cpu', () => createNodeOps('cpu'), { steps: 6, killEvery: 4, recipes: 1 });
