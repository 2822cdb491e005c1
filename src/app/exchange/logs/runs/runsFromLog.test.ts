import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ImportError } from '../../../runs/codec/importError.ts';
import { numberedNames, runsToCsv } from '../../../runs/codec/runsCsv.ts';
import { anyRuns, contentOf } from '../../../runs/testing/anyRuns.ts';
import type { Run } from '../../../state/run.ts';
import { Series } from '../../../state/series.ts';
import type { ColumnChoice, Measure } from '../columns/columnChoice.ts';
import { guessChoice } from '../columns/guessChoice.ts';
import { plainFormat, readNumberCell } from '../table/numberFormat.ts';
import { runsFromLog } from './runsFromLog.ts';
import { readLogTable } from '../testing/readLogTable.ts';
import { wayTexts } from '../../../runs/table/lineageTexts.ts';

function read(text: string, patch: Partial<ColumnChoice> = {}): readonly Run[] {
  const table = readLogTable(text, 'log.csv');
  return runsFromLog(table, { ...guessChoice(table), ...patch }, 'log.csv', 1);
}
const positive = (values: ArrayLike<number>) => Array.from(values, (value) => value + 0);
const stepsOf = ({ loggedSteps }: Run) => loggedSteps && [...loggedSteps.values];

const share = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(NaN));
/** Errors are shares of images on every run; the generator's own are any numbers. */
const sharesOnly = (runs: readonly Run[]) =>
  fc.array(share, { minLength: 32, maxLength: 32 }).map((shares) =>
    runs.map((run) => ({
      ...run,
      error: Series.empty.append(shares.slice(0, run.error.length)),
      evaluations: run.evaluations.map((one, i) => ({ ...one, error: shares[20 + i]! })),
    })),
  );

test('what this page exports is read back equal, by the guess alone', () => {
  fc.assert(
    fc.property(anyRuns.chain(sharesOnly), (runs) => {
      const back = read(runsToCsv(runs));
      const names = numberedNames(runs.map(({ name }) => name));
      const kept = (run: Run) => {
        const { loss, error, learningRate, epoch, trainingSeconds, step } = contentOf(run);
        const tests = run.evaluations.map((one) =>
          positive([one.step, one.images ?? NaN, one.loss ?? NaN, one.error ?? NaN]),
        );
        return [
          step,
          stepsOf(run),
          ...[loss, error, learningRate, epoch, trainingSeconds].map(positive),
          tests,
        ];
      };
      expect(back.map(({ name }) => name)).toEqual(names);
      expect(back.map(kept)).toEqual(runs.map(kept));
      const about = ({ tags, note }: Run) => [tags.filter((tag) => tag !== ''), note];
      expect(back.map(about)).toEqual(runs.map(about));
      expect(back.every(({ origin }) => origin === 'file')).toBe(true);
      expect(back.map(({ history }) => history)).toEqual(runs.map(({ history }) => history));
      // What a run was set to is told with its history alone.
      expect(back.map(({ config }) => config)).toEqual(
        runs.map(({ config, history }) => (history.length > 0 ? config : null)),
      );
    }),
  );
});

describe('history', () => {
  const [first, second] = fc.sample(anyRuns.chain(sharesOnly), { numRuns: 1, seed: 1 })[0]!;
  const parent: Run = { ...first!, name: 'the parent', history: [] };
  const child: Run = { ...second!, name: 'the branch' };
  const chapter = { kind: 'branched' as const, step: 3, when: 7, run: parent.id, name: '=it', before: { ...child.config!, batchSize: 99 } }; // prettier-ignore
  const branch: Run = { ...child, history: [chapter, { kind: 'continued', step: 5, when: 8, before: null }] };
  const csv = runsToCsv([parent, branch]);
  const reading = (text: string) => {
    const said: string[] = [];
    const table = readLogTable(text, 'log.csv');
    return { back: runsFromLog(table, guessChoice(table), 'log.csv', 4, (one) => said.push(one)), said };
  };

  test('a branch in a file is one of its parent in the file, and what was changed is known', () => {
    const { back, said } = reading(csv);
    expect(back[1]!.history).toEqual([{ ...chapter, run: back[0]!.id }, branch.history[1]]);
    expect(wayTexts(back[1]!)).toEqual(wayTexts(branch));
    expect([back[0]!.history, back[0]!.config]).toEqual([[], parent.config]);
    expect(said.join()).not.toContain('history');
  });

  test.each([
    ['cut short', csv.replace(/\}\]\}"/, '"')],
    ['of an impossible net', csv.replaceAll('""depth"":20', '""depth"":21')],
    ['of a step that is none', csv.replaceAll('""step"":3', '""step"":-3')],
    ['of another kind', csv.replaceAll('""kind"":""branched""', '""kind"":""copied""')],
    ['of words', csv.replace(/"\{""id.*?\}\]\}"/, 'some words')],
    ['with more than there is', csv.replaceAll('{""id""', '{""more"":1,""id""')],
  ])('one that is %s is left out with a word, and the curves are read', (_, text) => {
    expect(text).not.toBe(csv);
    const { back, said } = reading(text.endsWith('\r\n') ? text : `${text}\r\n`);
    expect(back.map(({ error }) => positive(error.values))).toEqual([parent, branch].map(({ error }) => positive(error.values))); // prettier-ignore
    expect(back[1]!.history).toEqual([]);
    expect(said.filter((one) => /^The history of .*the branch.* was damaged or changed by hand/.test(one))).toHaveLength(1); // prettier-ignore
  });

  test('a file from before it was written is read as before; a long note and a long history stay whole', () => {
    const { back, said } = reading(csv.replace(',history_data', ',something_else'));
    expect([back[1]!.history, back[1]!.config]).toEqual([[], null]);
    expect(said.join()).not.toContain('history of');
    const long = Array.from({ length: 40 }, (_, i) => ({ kind: 'continued' as const, step: i, when: i, before: i % 4 ? null : branch.config })); // prettier-ignore
    const note = 'n'.repeat(9000);
    const [one] = reading(runsToCsv([{ ...branch, note, history: long }])).back;
    expect([one!.note, one!.history]).toEqual([note, long]);
  });
});

test('percent, share, error and accuracy of the same curve are the same run, whatever the delimiter', () => {
  const errors = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 3, maxLength: 20 });
  fc.assert(
    fc.property(errors, fc.constantFrom(',', ';', '\t'), (percents, delimiter) => {
      const log = (name: string, value: (percent: number) => number) =>
        ['step', ...percents.map((_, i) => 10 * (i + 1))]
          .map((step, i) => [step, i === 0 ? name : value(percents[i - 1]!)].join(delimiter))
          .join('\n');
      const errorsOf = (text: string, measure: Measure) =>
        read(text, { measures: { 1: measure } })[0]!.error.values;
      const expected = percents.map((percent) => percent / 100);
      const all = [
        errorsOf(
          log('error', (percent) => percent / 100),
          'error',
        ),
        errorsOf(
          log('error', (percent) => percent),
          'errorPercent',
        ),
        errorsOf(
          log('acc', (percent) => 1 - percent / 100),
          'accuracy',
        ),
        errorsOf(
          log('acc', (percent) => 100 - percent),
          'accuracyPercent',
        ),
      ];
      for (const values of all) values.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 12));
    }),
  );
});

describe('guesses', () => {
  test('Keras: an epoch a row from 0, accuracies as shares', () => {
    const [run, ...others] = read(
      'epoch,accuracy,loss,val_accuracy,val_loss\n0,0.25,2.0,0.3,1.9\n1,0.5,1.5,0.45,1.6\n',
    );
    expect(others).toEqual([]);
    expect(run).toMatchObject({ name: 'log', step: 782, config: null });
    expect(stepsOf(run!)).toEqual([391, 782]);
    expect([...run!.error.values]).toEqual([0.75, 0.5]);
    expect([...run!.epoch.values]).toEqual([1, 2]);
    expect(run!.evaluations).toMatchObject([
      { step: 391, error: 0.7, loss: 1.9, complete: true, images: null },
      { step: 782, error: 0.55 },
    ]);
  });

  test('Weights & Biases: the runs side by side, their extremes left out', () => {
    const runs = read(
      '"Step","a - train/loss","a - train/loss__MIN","b - train/loss","b - train/loss__MIN"\n10,2,2,2.1,2.1\n20,1.5,1.5,,\n',
    );
    expect(runs.map(({ name, loss }) => [name, [...loss.values]])).toEqual([
      ['a', [2, 1.5]],
      ['b', [2.1]],
    ]);
    expect(stepsOf(runs[0]!)).toEqual([10, 20]);
  });

  test('a semicolon, decimal commas, % and a column that names the run', () => {
    const runs = read('model;Iteration;train_acc;test_acc\nA;1;10,5 %;\nB;1;20;\nA;2;12;11,5\n');
    expect(runs.map(({ name }) => name)).toEqual(['A', 'B']);
    expect([...runs[0]!.error.values].map((value) => value.toFixed(3))).toEqual(['0.895', '0.880']);
    expect(runs[0]!.evaluations).toMatchObject([{ step: 2, error: 0.885 }]);
    expect(stepsOf(runs[0]!)).toBeNull();
    expect(new Set(runs.map(({ style }) => JSON.stringify(style))).size).toBe(2);
  });

  test('training and test in rows of their own belong together', () => {
    const [run] = read('step,train_loss,val_loss\n5,2,\n5,,2.5\n10,1,\n');
    expect([...run!.loss.values]).toEqual([2, 1]);
    expect(run!.evaluations).toMatchObject([{ step: 5, loss: 2.5 }]);
  });
});

test.each([
  ['', {}, /has no rows/],
  ['step,loss\n', {}, /has no rows/],
  ['1,2\n2,1\n', {}, /line 1 should name the columns/],
  ['step,loss\n1,2\n2\n', {}, /Line 3 of log.csv has 1 fields, and the line of names has 2/],
  ['step,loss\n1,"2\n', {}, /Line 2 of log.csv opens a quote/],
  ['step,loss\n1,"2"x\n', {}, /Line 2 of log.csv has text behind a closing quote/],
  ['step,loss\n1,2\n2,oops\n', {}, /Line 3 of log.csv has .oops. in the column .loss./],
  ['step,error\n1,0.5\n2,50\n', { measures: { 1: 'error' } }, /Line 3.*no share of images.*in %/],
  ['step,loss\n1.5,2\n', {}, /Line 2 .*steps are whole numbers from 0/],
  ['step,loss\n-5,2\n', {}, /Line 2 .*steps are whole numbers from 0/],
  ['step,loss\n1,2\n1,3\n', {}, /Line 3 .*at step 1 once more.*tells them apart/],
  ['step,b\n1,2\n', {}, /Choose at least one column of errors/],
  ['step,loss\n1,2\n', { place: null }, /Choose the column that counts steps or epochs/],
] satisfies [string, Partial<ColumnChoice>, RegExp][])(
  '%j is refused, saying what, where and what to do',
  (text, patch, message) => {
    expect(() => read(text, patch)).toThrow(ImportError);
    expect(() => read(text, patch)).toThrow(message);
  },
);

test('every number that JavaScript writes is read as that number, with a comma as point where it may be', () => {
  const commas = { decimal: ',', grouped: false } as const;
  fc.assert(
    fc.property(fc.double(), (number) => {
      expect(readNumberCell(String(number), plainFormat)).toBe(number + 0);
      expect(readNumberCell(String(number).replace('.', ','), commas)).toBe(number + 0);
    }),
  );
  expect(readNumberCell(' 5 % ', plainFormat)).toBe(5);
  expect([readNumberCell('1,5', plainFormat), readNumberCell('0x10', plainFormat), readNumberCell('1'.repeat(100), plainFormat)]).toEqual([null, null, null]); // prettier-ignore
});
