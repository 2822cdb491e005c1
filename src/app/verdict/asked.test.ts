import { expect, test } from 'vitest';
import type { PresetId } from '../../model/presetId.ts';
import { customaryOptimizer } from '../../model/presets.ts';
import type { Run } from '../state/run.ts';
import { basic, done, flat, lanes, plain, texts, trained } from './testing/lanes.ts';

/** As the reader had it: twins after 300 steps. */
const four = lanes([
  [plain(20), 0.605],
  [plain(56), 0.899],
  [basic(20), 0.583],
  [basic(56), 0.843],
]);

test('what the page asks is answered first, however strong the others are', () => {
  const first = (preset: PresetId | null) => flat(texts(four, [], preset).claims[0]!.parts);
  expect(first(null)).toMatch(/^Plain-56 makes 29\.4 points more errors/);
  expect(first('degradation')).toMatch(/^Plain-56 makes 29\.4 points more errors/);
  expect(first('twins')).toMatch(/^The same 56 layers with shortcuts make 5\.6 points fewer errors/);
  expect(first('depth')).toMatch(/^ResNet-56 is 26\.0 points behind ResNet-20/);
  const { isUnclear, claims } = texts(four, [], 'twins');
  expect(isUnclear).toBe(true);
  expect(claims[0]!.explanation).toMatch(/^Both are still near guessing, which makes 90\.0% of errors/);
  expect(texts(four, [], 'degradation').isUnclear).toBe(false);
});

test('of one\u2019s own experiment the nets that were begun last come first', () => {
  const later = four.map((run, i) => ({ ...run, created: i < 2 ? 1000 : 90_000 }));
  expect(flat(texts(later).claims[0]!.parts)).toMatch(/^ResNet-56 is 26\.0 points behind/);
});

test('where what is asked has no answer that is said first, and of other things what there is', () => {
  const early = four.map((run, i) => (i < 2 ? run : done(trained(run, [...run.error.values].slice(0, 20)))));
  const { lead, claims, silence, isUnclear } = texts(early, [], 'twins');
  expect(lead).toMatch(/^Not compared: ResNet-.*for it takes 50 steps of both\.$/);
  expect([claims.length, isUnclear]).toEqual([1, true]);
  expect(silence).not.toContain(lead!);
  expect(texts(four, [], 'twins').lead).toBeNull();
});

test('with two optimisers depth is asked of each, and each is answered', () => {
  const adam = { optimizer: customaryOptimizer('adam') };
  const said = (shallow: number, deep: number) => {
    const { lead, claims, isUnclear } = texts(
      lanes([[plain(20), 0.6], [plain(56), 0.8], [plain(20), shallow, adam], [plain(56), deep, adam]]), // prettier-ignore
      [],
      'optimisers',
    );
    return { lead, isUnclear, said: claims.map(({ parts }) => flat(parts).split(' (')[0]) };
  };
  expect(said(0.55, 0.85)).toMatchObject({
    lead: null,
    isUnclear: false,
    said: [
      'Plain-56, Adam makes 30.0 points more errors on its own training images than plain-20, Adam',
      'Plain-56 makes 20.0 points more errors on its own training images than plain-20',
      'Plain-20, Adam is 5.0 points ahead of plain-20',
    ],
  });
  const { claims } = texts(lanes([[plain(20), 0.6], [plain(56), 0.8], [plain(20), 0.55, adam], [plain(56), 0.85, adam]])); // prettier-ignore
  expect(claims.map(({ explanation }) => explanation?.slice(0, 30) ?? null)).toEqual(['Over-fitting is not the reason', null, null]); // prettier-ignore
  const within = said(0.6, 0.605);
  expect(within).toMatchObject({ isUnclear: true, said: ['Plain-56 makes 20.0 points more errors on its own training images than plain-20', 'Plain-56, Adam is 19.5 points ahead of plain-56'] }); // prettier-ignore
  expect(within.lead).toMatch(/plain-56, Adam and plain-20, Adam/);
  expect(said(0.7, 0.5).said.slice(0, 2)).toEqual([
    'Plain-56 makes 20.0 points more errors on its own training images than plain-20',
    'So far the deeper plain net is ahead: plain-56, Adam makes 20.0 points fewer errors on its training images than plain-20, Adam',
  ]);
});

test('causes are held back until all steps are done', () => {
  const [shallow, deep] = lanes([
    [plain(20), 0.6],
    [plain(56), 0.8],
  ]) as [Run, Run];
  const live = texts([shallow, { ...deep, state: 'running', end: null }]).claims[0]!;
  expect(flat(live.parts)).toMatch(/ than plain-20 so far \(training error/);
  expect(live.explanation).toBeNull();
  const stopped = { ...deep, end: { reason: 'stopped', divergedAt: null, failure: null } } as const;
  expect(texts([shallow, stopped]).claims[0]!.explanation).toBeNull();
});
