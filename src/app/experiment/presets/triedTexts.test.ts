import { expect, test } from 'vitest';
import { presets } from '../../../model/presets.ts';
import { presetTried, triedText } from './triedTexts.ts';

const preset = (id: string) => presets.find((one) => one.id === id)!;
const seen = (seed: number, better: string | null, gap: number | null = 0.01, learning = true) => ({ seed, better, gap, noise: gap && 0.03, learning }); // prettier-ignore
const size = { width: 4, batchSize: 32, trainedSteps: 2000 };
const blocks = ['resnet-56-2', 'resnet-56'];

test('seeds that answer differently are told one by one, by the names of the nets', () => {
  const tried = [{ nets: blocks, seen: [seen(1, null), seen(2, 'resnet-56', 0.0738)] }];
  expect(triedText(preset('bottleneck'), [{ ...size, tried }])).toBe(
    'Two seeds at 4 filters, batch 32, 2,000 steps gave no common answer: with seed 1 the gap is within the noise; with seed 2 ResNet-56 (basic) is 7.4 points ahead of ResNet-56 (bottleneck).',
  );
});

test('of several pairs those that differ are told; of a claim of the paper that it was not seen', () => {
  const tried = [
    { nets: ['plain-56', 'plain-20'], seen: [seen(1, null), seen(2, null)] },
    { nets: ['plain-56-2', 'plain-20-2'], seen: [seen(1, 'plain-20-2', 0.033), seen(2, null)] },
  ];
  expect(triedText(preset('optimisers'), [{ ...size, tried }])).toMatch(
    /with seed 1 plain-20 \(Adam\) is 3\.3 points ahead of plain-56 \(Adam\); with seed 2 all gaps are within the noise\.$/,
  );
  const gap = [{ nets: ['plain-56', 'plain-20'], seen: [seen(3, null)] }];
  expect(triedText(preset('degradation'), [{ ...size, width: 1, tried: gap }])).toBe(
    'One seed at 1 filter, batch 32, 2,000 steps did not show it: with seed 3 the gap is within the noise.',
  );
});

test('seeds that answer alike at last, and not for long, are called that', () => {
  const tried = [{ nets: blocks, seen: [seen(1, 'resnet-56', 0.04), seen(2, 'resnet-56', 0.05)] }];
  expect(triedText(preset('bottleneck'), [{ ...size, tried }])).toMatch(
    /^Two seeds at .* gave a common answer in the last steps alone: with seed 1 ResNet-56 \(basic\) is 4\.0 points ahead/,
  );
});

test('nets that diverged, or have hardly begun to learn, are called that', () => {
  const tried = [{ nets: blocks, seen: [seen(1, null, null, false), seen(2, null, 0.01, false), seen(3, 'resnet-56', 0.05, false)] }]; // prettier-ignore
  expect(triedText(preset('bottleneck'), [{ ...size, tried }])).toMatch(
    /: with seed 1 a net diverged; with seed 2 they have hardly begun to learn; with seed 3 ResNet-56 \(basic\) is 5\.0 points ahead of ResNet-56 \(bottleneck\), and has hardly begun to learn\.$/,
  );
});

test.each(presets)('$id says from which size on it comes out, or why that is not known', (one) => {
  expect(presetTried(one)).toMatch(
    /^(Two seeds showed it from \d+ filters, batch \d+, [\d,]+ steps (on|up to [\d,]+)\.|Two seeds showed it with \d+ filters, batch \d+, [\d,]+ steps and the paper\u2019s drops of the rate\.|Two seeds at .* (gave no common answer|gave a common answer in the last steps alone|did not show it): with seed 1 .*; with seed 2 .*\.|Not tried .*\.|The whole recipe .*\.)/,
  );
});

test('the smallest of the sizes is told at which it came out', () => {
  expect(presetTried(preset('degradation'))).toBe(
    'Two seeds showed it from 4 filters, batch 32, 150 steps on.',
  );
  expect(presetTried(preset('depth'))).toMatch(/^Two seeds showed it with 8 filters, batch 128, 16,000 steps and the paper\u2019s drops of the rate\. Two seeds at 4 filters, .* did not show it/); // prettier-ignore
  expect(presetTried(preset('paper'))).toMatch(/The whole recipe was not trained to its end so far/);
});
