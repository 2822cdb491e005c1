import { openNodeOps } from '../cli/node/nodeDevice.ts';
import { describeKeptRuns } from './keptRuns.ts';

describeKeptRuns('wasm', () => openNodeOps('wasm'), { steps: 30 });
