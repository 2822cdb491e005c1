/** Tables that nobody has handed over yet: of spreadsheets, encodings, programs that were stopped. */
import { expect, test } from 'vitest';
import { encode, runsIn, shown, utf16 } from './testing/runsIn.ts';

test.each([
  [
    'European Excel: semicolons, decimal commas, marks of thousands, %',
    'Mappe.csv',
    'Schritt;Step;Train Loss;Test Acc\r\n1;1.000;2,31;\r\n2;2.000;1,25;52,25 %\r\n3;10.000;1,1;60,5 %\r\n4;1.000.000;1,0;70 %\r\n',
    [
      {
        steps: [1000, 2000, 10_000, 1_000_000],
        loss: [2.31, 1.25, 1.1, 1],
        tests: [
          [2000, 0.4775, NaN],
          [10_000, 0.395, NaN],
          [1_000_000, 0.3, NaN],
        ],
      },
    ],
  ],
  [
    'quoted numbers with commas',
    'a.csv',
    '"step","train_loss"\n"1,000","2.5"\n"12,000","1.5"\n',
    [{ steps: [1000, 12_000], loss: [2.5, 1.5] }],
  ],
  [
    'quoted decimal commas between commas',
    'a.csv',
    '"step","train_loss"\n"1","2,5"\n"2","1,234"\n',
    [{ steps: [1, 2], loss: [2.5, 1.234] }],
  ],
  [
    'a trailing delimiter, a title, CR line ends',
    'a.csv',
    'Run of Monday\rstep,loss,\r1,2.5,\r2,1.5,\r',
    [{ steps: [1, 2], loss: [2.5, 1.5] }],
  ],
  [
    'blanks in columns, comments in between',
    'a.txt',
    'epoch  train_loss  test_err\n# resumed\n    1       2.50     50.0\n    2       1.50     40.0\n',
    [
      {
        steps: [391, 782],
        loss: [2.5, 1.5],
        tests: [
          [391, 0.5, NaN],
          [782, 0.4, NaN],
        ],
      },
    ],
  ],
  [
    'bars, a rule, two names of one word',
    'a.md',
    '| step | loss | val_acc |\n| --- | ---: | :--- |\n| 1 | 2.5 | - |\n| 2 | 1.5 | 0.5 |\n',
    [{ steps: [1, 2], loss: [2.5, 1.5], tests: [[2, 0.5, NaN]] }],
  ],
  [
    'a table that went on with more columns',
    'a.csv',
    'epoch,loss\n1,2.5\n2,1.5\nepoch,loss,val_loss\n3,1.2,1.3\n',
    [{ steps: [391, 782, 1173], loss: [2.5, 1.5, 1.2], tests: [[1173, NaN, 1.3]] }],
  ],
  [
    'iterations that begin anew in each epoch',
    'a.csv',
    'epoch,iteration,loss\n1,100,2.5\n1,300,2\n2,100,1.8\n2,300,1.5\n',
    [{ steps: [100, 300, 491, 691], loss: [2.5, 2, 1.8, 1.5] }],
  ],
  [
    'a run stopped in the middle of a line',
    'a.csv',
    'step,loss,acc\n1,2.5,0.1\n2,1.5,0.2\n3,1.',
    [{ steps: [1, 2], loss: [2.5, 1.5], error: [0.9, 0.8] }],
  ],
  [
    'UTF-16 with a mark',
    'a.csv',
    utf16('step,loss\r\n1,2.5\r\n2,1.5\r\n'),
    [{ steps: [1, 2], loss: [2.5, 1.5] }],
  ],
  ['UTF-16 without', 'a.csv', utf16('step,loss\r\n1,2.5\r\n').slice(2), [{ steps: [1], loss: [2.5] }]],
  [
    'Windows-1252',
    'a.csv',
    Uint8Array.from([...encode('run,step,loss\nJ'), 0xfc, ...encode('rg,1,2.5\n')]),
    [{ name: 'J\u00fcrg', steps: [1], loss: [2.5] }],
  ],
  [
    'NaN as an empty cell among tests, and a run that diverged',
    'a.csv',
    'step,train_loss,val_loss\n1,2.5,nan\n2,2.4,2.3\n3,2.3,nan\n4,2.2,2.1\n5,nan,nan\n',
    [
      {
        steps: [1, 2, 3, 4, 5],
        loss: [2.5, 2.4, 2.3, 2.2, NaN],
        tests: [
          [2, NaN, 2.3],
          [4, NaN, 2.1],
          [5, NaN, NaN],
        ],
      },
    ],
  ],
  [
    'a set held back and the test set side by side',
    'a.csv',
    'epoch,train_acc,val_acc,test_acc\n1,0.5,0.4,0.45\n2,0.6,0.5,0.55\n',
    [
      {
        error: [0.5, 0.4],
        tests: [
          [391, 0.55, NaN],
          [782, 0.45, NaN],
        ],
      },
    ],
  ],
  [
    'names without blanks, of one word',
    'a.csv',
    'Iter,trainloss,testacc\n100,2.5,0.5\n',
    [{ steps: [100], loss: [2.5], tests: [[100, 0.5, NaN]] }],
  ],
  [
    'PyTorch examples: Prec@1',
    'a.csv',
    'epoch,Train Loss,Train Prec@1,Train Prec@5,Test Prec@1\n1,2.5,40.5,80,50.25\n',
    [{ loss: [2.5], error: [0.595], tests: [[391, 0.4975, NaN]] }],
  ],
  [
    'a run called none, one called with digits that are numbers',
    'a.csv',
    'run,step,loss\nnone,1,2.5\npaper,1,2.4\n1e5,1,2.3\n100000,1,2.2\n',
    [{ name: 'none' }, { name: 'paper' }, { name: '1e5' }, { name: '100000' }],
  ],
] as const)('%s', async (_, name, content, expected) => {
  const runs = await runsIn(name, content);
  expect(runs.map(shown)).toMatchObject(expected);
  expect(runs).toHaveLength(expected.length);
});
