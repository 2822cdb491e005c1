import { expect, test } from 'vitest';
import { drawerOf } from './drawer.ts';

const lanes = [{ id: 'plain-20' }, { id: 'a.b' }];

test.each([
  ['plain-20.depth', { kind: 'lane', lane: 'plain-20' }],
  ['a.b.width', { kind: 'lane', lane: 'a.b' }],
  ['learningRate', { kind: 'settings' }],
  ['experiment', { kind: 'settings' }],
  ['gone.depth', { kind: 'settings' }],
])('%s is found in its drawer', (field, drawer) => {
  expect(drawerOf(field, lanes)).toEqual(drawer);
});
