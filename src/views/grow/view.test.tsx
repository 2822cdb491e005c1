// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import type { LookedAt } from '../../app/inside/view.ts';
import { mount } from '../../app/testing/mount.tsx';
import type { GrowAnswer } from './grow.ts';
import { growView } from './growView.ts';

const net = (depth: number): LookedAt => ({
  id: `plain-${depth}`,
  name: `plain-${depth}`,
  style: { hue: 'plain', tone: 0, marker: 'circle' },
  model: { family: 'cifar', depth, block: 'plain', shortcut: 'A', width: 8 },
  step: 16_000,
  rate: 1e9,
});
const nets = [net(20), net(56)];
const asked = growView.with({}, null)!;
const answer: GrowAnswer = {
  nets: [
    {
      kind: 'grown',
      fromDepth: 20,
      depth: 56,
      difference: 5.7e-6,
      largest: 14.3,
      images: 1000,
      before: 0.16,
      after: 0.16,
      grown: new ArrayBuffer(8),
      dirac: new ArrayBuffer(8),
    },
    { kind: 'deep', fromDepth: 56, images: 1000, before: 0.37 },
  ],
};

test('a net that has the layers already stands beside the grown one, in words, picture and table', () => {
  const { drawing, table, summary } = asked.answered(nets, answer);
  expect(summary).toBe(
    'plain-20: 16.0% test error; grown into plain-56: 16.0%, on the first 1,000 test images. Of all answers no number differs by more than 5.7\u00a0\u00d7\u00a010\u207b\u2076; the largest is 14.3. plain-56 with its own weights: 37.0% test error, on the first 1,000 test images.',
  );
  const { container } = mount(drawing);
  const texts = [...container.querySelectorAll('svg text')].map(({ textContent }) => textContent);
  expect(texts).toContain('plain-20 \u2192 plain-56');
  expect(texts).toContain('plain-56 with its own weights');
  expect(texts).toContain('test error 37.0%');
  // Six times as many layers of the grown one are not its own; of the other all are.
  const hollow = [...container.querySelectorAll('svg g > rect[fill="none"]')].filter((bar) => bar.getAttribute('height') === '30'); // prettier-ignore
  expect(hollow).toHaveLength(36);
  expect(container.querySelectorAll('button')).toHaveLength(1);
  expect(table.rows).toEqual([
    ['plain-20', 20, 56, 5.7e-6, 14.3, 1000, 0.16, 0.16],
    ['plain-56', 56, null, null, null, 1000, 0.37, null],
  ]);
});

test('into how many layers they grow is told and can be chosen, as far as one of them has fewer', () => {
  const shown = (looked: readonly LookedAt[]) => {
    const { container } = mount(asked.settings(() => undefined, looked));
    const options = [...container.querySelectorAll('option')];
    return options.map(({ value, selected, disabled }) => [value, selected, disabled]);
  };
  expect(shown(nets)).toEqual([['56', true, false], ['110', false, false]]); // prettier-ignore
  expect(shown([net(56)])).toEqual([['56', false, true], ['110', true, false]]); // prettier-ignore
  // What grows costs more than what only answers.
  expect(asked.cost(nets)).toMatch(/^It takes training images/);
  expect(asked.cost([net(56)])).not.toBe(asked.cost([net(20)]));
});
