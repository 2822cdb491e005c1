import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyRuns } from '../runs/testing/anyRuns.ts';
import { freshRuns, grown } from '../runs/testing/grownRun.ts';
import { Series } from '../state/series.ts';
import { columnsBeyond, lengthsOf, noLengths, seriesKeys, seriesOf } from './columns.ts';

const plain = (series: Series | null) => series && [[...series.values], series.absent && [...series.absent]];

test('any run, in packs of any size, comes back as it was', () => {
  fc.assert(
    fc.property(anyRuns, fc.array(fc.nat(12), { maxLength: 4 }), ([run], cuts) => {
      let written = noLengths;
      const packs = [];
      for (const cut of [...cuts].sort((a, b) => a - b)) {
        const upTo = Object.fromEntries(
          seriesKeys.map((key) => [key, run![key] && Series.over(run![key].values.slice(0, cut))]),
        ) as Pick<typeof run & object, (typeof seriesKeys)[number]>;
        const pack = columnsBeyond(upTo, written);
        if (!pack) continue;
        packs.push(structuredClone(pack));
        written = lengthsOf(upTo);
      }
      const rest = columnsBeyond(run!, written);
      if (rest) packs.push(structuredClone(rest));
      const back = seriesOf(packs, false)!;
      for (const key of seriesKeys) {
        if (key !== 'loggedSteps') expect(plain(back[key])).toEqual(plain(run![key]));
      }
      expect(back.loggedSteps).toBeNull();
    }),
    { numRuns: 50 },
  );
});

test('entries of which nothing was logged stay absent, and are no NaN that was', () => {
  const [run] = freshRuns();
  const loss = Series.empty.append([1, null, NaN]);
  const back = seriesOf([structuredClone(columnsBeyond({ ...run, loss }, noLengths)!)], false)!;
  expect([0, 1, 2].map((i) => back.loss.isAbsent(i))).toEqual([false, true, false]);
  expect(back.loss.at(2)).toBeNaN();
});

test('nothing new is no pack, and packs that do not follow each other are no series', () => {
  const [run] = freshRuns();
  const three = grown(run, 3);
  const five = grown(three, 2);
  expect(columnsBeyond(three, lengthsOf(three))).toBeNull();
  const [first, second] = [columnsBeyond(three, noLengths)!, columnsBeyond(five, lengthsOf(three))!];
  expect(seriesOf([first, second], false)!.error.length).toBe(5);
  expect(seriesOf([second], false)).toBeNull();
  expect(seriesOf([first, first], false)).toBeNull();
  expect(seriesOf([second, first], false)).toBeNull();
});
