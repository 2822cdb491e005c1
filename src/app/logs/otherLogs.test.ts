/** Logs of other programs, as these write them, that nobody has handed over yet. */
import { expect, test } from 'vitest';
import type { Run } from '../store/run.ts';
import { guessChoice } from './guessChoice.ts';
import { readFile } from './readFile.ts';
import { runsFromLog } from './runsFromLog.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string) =>
  Uint8Array.from([
    0xff,
    0xfe,
    ...[...text].flatMap((one) => [one.charCodeAt(0) & 255, one.charCodeAt(0) >> 8]),
  ]);

async function runsIn(name: string, content: string | Uint8Array<ArrayBuffer>): Promise<readonly Run[]> {
  const read = await readFile(new File([content], name), 1);
  if (read.kind === 'runs') return read.runs;
  return runsFromLog(read.table, guessChoice(read.table), name, 1);
}

const rounded = (values: ArrayLike<number>) => Array.from(values, (value) => Number(value.toFixed(6)));
/** name: steps | training error | training loss | tests as step, error, loss */
const shown = (run: Run) => ({
  name: run.name,
  steps: rounded(run.loggedSteps?.values ?? run.error.values.map((_, i) => i + 1)),
  error: rounded(run.error.values),
  loss: rounded(run.loss.values),
  tests: run.evaluations.map(({ step, error, loss }) => rounded([step, error, loss])),
});

test.each([
  [
    'TensorBoard',
    'run-resnet-tag-val_loss.csv',
    'Wall time,Step,Value\n1700000000.1,0,2.3\n1700000001.1,100,1.9\n',
    [
      {
        steps: [0, 100],
        loss: [],
        tests: [
          [0, NaN, 2.3],
          [100, NaN, 1.9],
        ],
      },
    ],
  ],
  [
    'timm',
    'summary.csv',
    'epoch,train_loss,eval_loss,eval_top1,eval_top5,lr\n0,2.3,2.1,21.5,71,0.1\n1,1.9,1.8,33.25,80,0.1\n',
    [
      {
        steps: [391, 782],
        loss: [2.3, 1.9],
        tests: [
          [391, 0.785, 2.1],
          [782, 0.6675, 1.8],
        ],
      },
    ],
  ],
  [
    'Ultralytics 8',
    'results.csv',
    'epoch,time,train/loss,metrics/accuracy_top1,metrics/accuracy_top5,val/loss,lr/pg0\n1,3.2,1.9,0.45,0.92,1.45,0.1\n',
    [{ steps: [391], loss: [1.9], error: [], tests: [[391, 0.55, 1.45]] }],
  ],
  [
    'mmcv',
    '20260101.log.json',
    '{"env_info": "Python 3.10"}\n{"mode": "train", "epoch": 1, "iter": 200, "lr": 0.1, "loss": 2.0}\n{"mode": "train", "epoch": 1, "iter": 390, "lr": 0.1, "loss": 1.8}\n{"mode": "val", "epoch": 1, "iter": 391, "accuracy_top-1": 41.5, "accuracy_top-5": 90.0}\n{"mode": "train", "epoch": 2, "iter": 200, "lr": 0.1, "loss": 1.6}\n',
    [{ steps: [200, 390, 591], loss: [2, 1.8, 1.6], tests: [[391, 0.585, NaN]] }],
  ],
  [
    'detectron2',
    'metrics.json',
    '{"iteration": 19, "total_loss": 1.9, "lr": 0.1}\n{"iteration": 39, "total_loss": 1.5, "lr": 0.1}\n',
    [{ steps: [19, 39], loss: [1.9, 1.5], tests: [] }],
  ],
  [
    'tensorpack',
    'stat.json',
    '[{"epoch_num": 1, "global_step": 391, "train-error-top1": 0.5, "val-error-top1": 0.6}, {"epoch_num": 2, "global_step": 782, "train-error-top1": 0.4, "val-error-top1": 0.5}]',
    [
      {
        steps: [391, 782],
        error: [0.5, 0.4],
        tests: [
          [391, 0.6, NaN],
          [782, 0.5, NaN],
        ],
      },
    ],
  ],
  [
    'Keras history as JSON',
    'history.json',
    '{"loss": [2.0, 1.5], "accuracy": [0.25, 0.5], "val_loss": [1.9, NaN], "val_accuracy": [0.3, 0.45]}',
    [
      {
        steps: [391, 782],
        error: [0.75, 0.5],
        loss: [2, 1.5],
        tests: [
          [391, 0.7, 1.9],
          [782, 0.55, NaN],
        ],
      },
    ],
  ],
  [
    'pandas to_json',
    'history.json',
    '{"loss":{"0":2.0,"1":1.5},"val_loss":{"0":1.9,"1":1.6}}',
    [
      {
        steps: [391, 782],
        loss: [2, 1.5],
        tests: [
          [391, NaN, 1.9],
          [782, NaN, 1.6],
        ],
      },
    ],
  ],
  [
    'Sacred',
    'metrics.json',
    '{"train.loss": {"steps": [10, 20], "timestamps": ["a", "b"], "values": [2.0, 1.5]}, "test.accuracy": {"steps": [20], "values": [0.4]}}',
    [{ steps: [10, 20], loss: [2, 1.5], tests: [[20, 0.6, NaN]] }],
  ],
  [
    "Hugging Face's prints",
    'train.log',
    "{'loss': 1.9, 'learning_rate': 5e-05, 'epoch': 0.5}\n{'eval_loss': 1.1, 'eval_accuracy': 0.61, 'epoch': 1.0}\n{'loss': nan, 'learning_rate': 5e-05, 'epoch': 1.0}\n",
    [{ steps: [196, 391], loss: [1.9, NaN], tests: [[391, 0.39, 1.1]] }],
  ],
  [
    'Neptune and ClearML: long tables',
    'scalars.csv',
    'metric,variant,iteration,value\nloss,train,1,2.0\nloss,train,2,1.5\nloss,validation,2,1.6\naccuracy,validation,2,0.4\n',
    [{ steps: [1, 2], loss: [2, 1.5], tests: [[2, 0.6, 1.6]] }],
  ],
  [
    'a split in a column',
    'log.tsv',
    'epoch\tsplit\tloss\tacc\n1\ttrain\t2.0\t0.25\n1\tval\t1.9\t0.3\n2\ttrain\t1.5\t0.5\n2\tval\t1.6\t0.45\n',
    [
      {
        steps: [391, 782],
        error: [0.75, 0.5],
        loss: [2, 1.5],
        tests: [
          [391, 0.7, 1.9],
          [782, 0.55, 1.6],
        ],
      },
    ],
  ],
  [
    'seeds of nets below one another',
    'all.csv',
    'arch,seed,epoch,test_err\nplain,1,1,50\nplain,1,2,40\nplain,2,1,51\nplain,2,2,41\nresnet,1,1,45\nresnet,1,2,35\n',
    [
      {
        name: 'plain \u00b7 1',
        tests: [
          [391, 0.5, NaN],
          [782, 0.4, NaN],
        ],
      },
      {
        name: 'plain \u00b7 2',
        tests: [
          [391, 0.51, NaN],
          [782, 0.41, NaN],
        ],
      },
      {
        name: 'resnet \u00b7 1',
        tests: [
          [391, 0.45, NaN],
          [782, 0.35, NaN],
        ],
      },
    ],
  ],
  [
    'Lightning, with both names of a loss',
    'metrics.csv',
    'epoch,step,train_loss_step,train_loss_epoch,val_acc,val_loss\n0,49,2.0,,,\n0,99,1.9,,,\n0,99,,,0.4,1.5\n0,99,,1.95,,\n',
    [{ steps: [49, 99], loss: [2, 1.9], tests: [[99, 0.6, 1.5]] }],
  ],
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

test.each([
  ['a.xlsx', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0]), /Excel workbook. Save the sheet as CSV/],
  [
    'events.out.tfevents.1',
    encode('\x18\0\0\0\0\0\0\0xxxx\x09\0\0\xc0\x1abrain.Event:2'),
    /TensorBoard.s events/,
  ],
  ['a.csv.gz', Uint8Array.from([0x1f, 0x8b, 8, 0]), /is compressed. Unpack it/],
  ['mlflow.db', encode('SQLite format 3\0'), /is a database/],
  [
    'curve.png',
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0),
    /curve\.png is a picture/,
  ],
  ['log.html', encode('<!doctype html><table>'), /is a web page/],
  ['a.bin', Uint8Array.from([1, 2, 0, 0, 0, 9]), /no text file/],
  [
    'train.log',
    encode('Epoch 1 finished with loss 2.3\nEpoch 2 finished with loss 2.1\n'),
    /holds lines of text, not a table/,
  ],
  [
    'train.log',
    encode('Epoch: [0][0/391], Loss 2.35, Prec@1 9.4\nEpoch: [0][50/391], Loss 1.95, Prec@1 25.1\n'),
    /holds lines of text/,
  ],
  ['a.json', encode('{"a": 1}'), /neither runs of this page nor a list of records/],
  ['a.json', encode('{"loss": [1, 2'), /begins as JSON and is none, or was cut short/],
  ['a.csv', encode(''), /has no rows/],
  ['a.csv', encode('# only a comment\n'), /has no rows/],
  ['a.csv', encode(`step,loss\n1,"${'x'.repeat(5_000_000)}`), /Line 2 of a.csv opens a quote/],
  ['a.csv', encode(`step,loss\n1,${'x'.repeat(5_000_000)}`), /more than 4,000,000 characters/],
  ['a.csv', encode(Array.from({ length: 50_000 }, (_, i) => `c${i}`).join(',')), /more than 1,000 columns/],
])('%s is refused for what it is, in few words', async (name, content, message) => {
  const error: unknown = await runsIn(name, content).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: 'ImportError' });
  expect(String(error)).toMatch(message);
  expect(String(error).length).toBeLessThan(600);
});
