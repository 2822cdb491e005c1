import { expect, test } from 'vitest';
import { defaultExperiment } from '../../model/presets.ts';
import { failuresOf } from './failures.ts';
import { prepareRuns } from '../runs/prepareRuns.ts';
import { endRun } from '../state/run.ts';

const [a, b] = prepareRuns(defaultExperiment('cpu'), 1, () => '');
const lost = { name: 'WorkerError', message: 'The data worker broke.' };
const full = { name: 'OutOfMemoryError', message: 'No memory left.' };
const failed = (run: typeof a, failure: typeof lost) =>
  endRun(run!, { reason: 'error', divergedAt: null, failure });

test('each failure is told once, with the lanes that it ended', () => {
  expect(failuresOf({ failure: null, runs: [a!, b!] })).toEqual([]);
  expect(failuresOf({ failure: null, runs: [failed(a, full), b!] })).toEqual([
    { failure: full, lanes: ['plain-20'] },
  ]);
  expect(failuresOf({ failure: lost, runs: [failed(a, full), failed(b, lost)] })).toEqual([
    { failure: lost, lanes: ['plain-56'] },
    { failure: full, lanes: ['plain-20'] },
  ]);
  expect(failuresOf({ failure: null, runs: [failed(a, lost), failed(b, lost)] })).toEqual([
    { failure: lost, lanes: ['plain-20', 'plain-56'] },
  ]);
});
