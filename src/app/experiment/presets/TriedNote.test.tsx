// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { presetAtSize, presets } from '../../../model/presets.ts';
import { draftOf } from '../../state/draft.ts';
import { mount, onStage, runsBefore, trained } from '../../testing/mount.tsx';
import { TriedNote } from './TriedNote.tsx';

const draft = (id: string) =>
  draftOf(
    presetAtSize(
      presets.find((one) => one.id === id)!,
      { width: 8, batchSize: 64, steps: 300 },
    ),
  );

test.each([
  [
    'optimisers',
    /^When this project tried it, two seeds at 8 filters, batch 64, 4,000 steps gave no common answer: with seed 1 all gaps are within the noise; with seed 2 /,
  ],
  // It came out, at some size: nothing is to be said where the verdict stands.
  ['bottleneck', /^$/],
  ['switch-on', /^$/],
  ['depth', /^$/],
  ['warm-up', /^$/],
  ['degradation', /^$/],
  ['flip', /^$/],
])('%s says where the verdict stands what trying it came to', (id, text) => {
  const { container } = mount(<TriedNote />, { draft: draft(id) });
  expect(container.textContent).toMatch(text);
});

test('not while it trains', () => {
  const { container, set } = mount(<TriedNote />, { draft: draft('optimisers') });
  expect(container.textContent).not.toBe('');
  set(onStage(trained(runsBefore[0]!, [0.9])));
  expect(container.textContent).toBe('');
});
