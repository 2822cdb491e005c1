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
    'depth',
    /^When this project tried it, two seeds at 4 filters, batch 32, 2,000 steps did not show it: with seed 1 ResNet-20 is 3.8 points ahead of ResNet-56; /,
  ],
  // It came out, at some size: nothing is to be said where the verdict stands.
  ['bottleneck', /^$/],
  ['switch-on', /^$/],
  ['degradation', /^$/],
  ['flip', /^$/],
])('%s says where the verdict stands what trying it came to', (id, text) => {
  const { container } = mount(<TriedNote />, { draft: draft(id) });
  expect(container.textContent).toMatch(text);
});

test('not while it trains', () => {
  const { container, set } = mount(<TriedNote />, { draft: draft('depth') });
  expect(container.textContent).not.toBe('');
  set(onStage(trained(runsBefore[0]!, [0.9])));
  expect(container.textContent).toBe('');
});
