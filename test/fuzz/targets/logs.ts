/** Logs of other programs: the present entry functions are called in {@link readLog} alone. */
import fc from 'fast-check';
import { ImportError } from '../../../src/app/runs/codec/importError.ts';
import { guessChoice } from '../../../src/app/exchange/logs/columns/guessChoice.ts';
import { readFile } from '../../../src/app/exchange/logs/worker/readFile.ts';
import { runsFromLog } from '../../../src/app/exchange/logs/runs/runsFromLog.ts';
import { reading, type FuzzTarget } from '../fuzz.ts';
import { mutatedText } from '../mutations.ts';
import { mustDraw } from './mustDraw.ts';

async function readLog(text: string) {
  const read = await readFile(new File([text], 'log.csv'), 1);
  return read.kind === 'runs' ? read.runs : runsFromLog(read.table, guessChoice(read.table), 'log.csv', 1);
}

const logs1 = [
  'epoch,accuracy,loss,val_accuracy,val_loss\n0,0.25,2.0,0.3,1.9\n1,0.5,1.5,0.45,1.6\n2,0.6,1.2,0.5,1.5\n',
  'step;train_loss;test_err\n100;1,62;47,75\n200;1,25;40\n300;1,1;39,5\n',
  'run\tIteration\ttrain_acc\ttest_acc\nA\t1\t10.5\t\nA\t2\t20\t11\nB\t1\t12\t11.5\n',
  '"Step","a - train/loss","a - train/loss__MIN","b - train/loss"\n10,2,2,2.1\n20,1.5,1.5,\n',
  'run,key,value,step\nx,train_loss,2.05,1\nx,test_err,0.55,1\nx,train_loss,1.7,2\n',
  '# a comment\nsteps,train error %,lr\n391,52.0,0.1\n782,43.0,0.01\n',
];
const pieces = [
  ...[
    ',',
    ';',
    '\t',
    '"',
    '""',
    '\n',
    '\r\n',
    '#',
    '# x\n',
    'sep=;\n',
    'NA',
    'None',
    'null',
    'N/A',
    'nan',
    'inf',
    '%',
  ],
  ...[
    'epoch,loss\n',
    '0.5',
    '-1',
    '101',
    '1e999',
    '1,5',
    '{"step":1}',
    ',\n'.repeat(300),
    '9'.repeat(40_000),
  ],
];

export const logs: FuzzTarget = {
  name: 'logs',
  inputs: mutatedText(fc.constantFrom(...logs1), pieces),
  async attempt(input) {
    const read = await reading(() => readLog(String(input)), ImportError);
    read?.value.forEach(mustDraw);
    return read !== null;
  },
};
