import { expect, test } from 'vitest';
import { glossary, type TermId } from './enGlossary.ts';
import { pictures } from './enPictures.ts';

const entries = Object.entries(glossary);

test.each(entries)('%s is one short sentence', (_, { sentence, name }) => {
  expect(sentence).toMatch(/^[\d\p{Lu}].*[^.]\.$/u);
  // A full stop or a question inside begins a second sentence.
  expect(sentence.slice(0, -1)).not.toMatch(/[.?!] [\p{Lu}]/u);
  expect(sentence.length).toBeLessThan(260);
  expect(name).toMatch(/^(\p{Lu}|safetensors)/u);
});

test('what a page about nets cannot do without is in it', () => {
  const wanted: readonly TermId[] = [
    ...(['cifar10', 'filter', 'batch', 'step', 'epoch', 'plain', 'shortcut', 'residual', 'twin'] as const),
    ...([
      'optionA',
      'optionB',
      'optionC',
      'basic',
      'bottleneck',
      'batchNorm',
      'momentum',
      'weightDecay',
    ] as const),
    ...([
      'warmUp',
      'learningRate',
      'schedule',
      'augmentation',
      'trainingError',
      'testError',
      'loss',
    ] as const),
    ...(['seed', 'noise', 'guessing', 'gap', 'capacity', 'lane', 'lockstep', 'multiplyAdds'] as const),
    ...(['parameters', 'optimizer', 'sgd', 'adam', 'rmsprop', 'labelSmoothing', 'recordedRun'] as const),
    ...(['safetensors', 'webgpu', 'webassembly', 'throughput', 'smoothing', 'divergence'] as const),
  ];
  expect(wanted.filter((id) => !(id in glossary))).toEqual([]);
  expect(new Set(entries.map(([, { name }]) => name)).size).toBe(entries.length);
});

test('no term leads to itself or twice to another, and every picture is seen', () => {
  for (const [id, { see = [] }] of entries) {
    expect(see, id).not.toContain(id);
    expect(new Set(see).size, id).toBe(see.length);
  }
  const shown = new Set(entries.map(([, { picture }]) => picture).filter(Boolean));
  expect(shown).toEqual(new Set(Object.keys(pictures)));
});
