import { expect, test } from 'vitest';
import { parseExperiment } from '../../../model/config.ts';
import { defaultChartView } from '../../state/chartView.ts';
import { paperReferences } from './paperReferences.ts';
import { prepareRuns } from '../../runs/prepareRuns.ts';
import { emptyArchive } from '../../runs/runArchive.ts';
import { noTraining } from '../../state/training.ts';

test('only published numbers are shown, one a net, and those read by eye are said to be', () => {
  const nets = [
    { depth: 56, block: 'plain' },
    { depth: 56, block: 'basic' },
    { depth: 56, block: 'basic', width: 8 },
    { depth: 20, block: 'basic', shortcut: 'B' },
    { depth: 8, block: 'plain' },
  ];
  const experiment = parseExperiment({
    lanes: nets.map((model, i) => ({ id: `lane-${i}`, model })),
    recipe: { steps: 10 },
  });
  const training = { ...noTraining, runs: prepareRuns(experiment, 1, () => '') };
  const select = paperReferences((net, approximate) => `${net}${approximate ? ', about' : ''}`);
  const state = { imported: [], archive: emptyArchive, training, grouped: false, view: defaultChartView };
  expect(select(state)).toEqual([
    { id: 'paper plain-56', name: 'plain-56, about', value: 0.135 },
    { id: 'paper ResNet-56', name: 'ResNet-56', value: 0.0697 },
  ]);
});
