import { expect, test } from 'vitest';
import { linkFaultText } from './linkFaultText.ts';

const said = (detail: string) => linkFaultText({ kind: 'refused', detail, isDefault: true });

test.each([
  ['lanes.0.model.depth: depth 21 does not exist: nearest: 20 or 26', 'net 1: depth 21 does not exist: nearest: 20 or 26.'],
  ['lanes.11.name: the name holds half of a character', 'net 12: name: the name holds half of a character.'],
  ['recipe.seed: expected at most 4294967295', 'seed: expected at most 4294967295.'],
  ['recipe.batchSize: expected at least 1', 'batch size: expected at least 1.'],
  ['recipe.seed: too large\nlanes.1.model: unknown', 'seed: too large; net 2: model: unknown.'],
  ['an experiment has at most 16 lanes', 'an experiment has at most 16 lanes.'],
])('where a link asks for what cannot be is said without a path: %s', (detail, text) => {
  expect(said(detail)).toBe(`It asks for what cannot be: ${text}`);
}); // prettier-ignore
