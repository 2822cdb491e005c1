import { createNodeOps } from './backends.ts';
import { describeParity } from './parity.ts';

describeParity('wasm', () => createNodeOps('wasm'));
