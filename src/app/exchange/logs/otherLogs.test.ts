/** Logs of other programs, as these write them, that nobody has handed over yet. */
import { expect, test } from 'vitest';
import { runsIn, shown } from './testing/runsIn.ts';

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
] as const)('%s', async (_, name, content, expected) => {
  const runs = await runsIn(name, content);
  expect(runs.map(shown)).toMatchObject(expected);
  expect(runs).toHaveLength(expected.length);
});
