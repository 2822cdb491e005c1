import { expect, test } from 'vitest';
import { withTerms } from './withTerms.ts';

test('a term is marked where it first stands as a word', () => {
  expect(withTerms('Overlap: a lap, lap by lap (R\u00b2).', [['step', 'lap'], ['loss', 'R\u00b2'], ['gap', 'none']])).toEqual([
    'Overlap: a ',
    { term: 'step', text: 'lap' },
    ', lap by lap (',
    { term: 'loss', text: 'R\u00b2' },
    ').',
  ]); // prettier-ignore
});

test('of terms within each other the first is marked, and a text of none stays', () => {
  expect(withTerms('batch norm', [['batch', 'batch'], ['batchNorm', 'batch norm']])).toEqual([{ term: 'batch', text: 'batch' }, ' norm']); // prettier-ignore
  expect(withTerms('batch norm', [['batchNorm', 'batch norm']])).toEqual([{ term: 'batchNorm', text: 'batch norm' }]); // prettier-ignore
  expect(withTerms('nothing', [])).toEqual(['nothing']);
});
