import { createNodeOps } from '../../../test/backends.ts';
import { describeNumericSuite } from '../../../test/numericSuite.ts';

describeNumericSuite('composed operations on cpu', () => createNodeOps('cpu'), { tolerance: 2e-6 });
