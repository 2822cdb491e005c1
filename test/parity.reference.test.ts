import { createReferenceOps } from '../src/kernels/reference/reference.ts';
import { describeParity } from './parity.ts';

describeParity('the float64 reference', () => Promise.resolve(createReferenceOps()), { steps: 1 });
