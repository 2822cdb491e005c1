import type { App } from '../../app/state/App.ts';
import { readDraft } from '../../app/state/readDraft.ts';
import type { LaneConfig, ModelConfig } from '../../model/config.ts';
import { grow as words } from './enGrow.ts';
import type { GrownNet } from './grow.ts';

/** Puts the grown net into the lab, beside the same net from other beginnings and its residual twin, under the recipe that is there. */
export function trainOn(app: App, from: ModelConfig, { depth, fromDepth, grown, dirac }: GrownNet): void {
  const { experiment } = readDraft(app.store.getState().draft);
  if (!experiment) return;
  const model: ModelConfig = { ...from, depth };
  const lanes: readonly LaneConfig[] = [
    { id: 'grown', name: words.grown(depth), model },
    { id: 'dirac', name: words.dirac(depth), model },
    { id: 'random', name: '', model },
    { id: 'twin', name: '', model: { ...model, block: 'basic', shortcut: 'A' } },
  ];
  app.replaceExperiment({ ...experiment, lanes: [...lanes], seeds: 1 });
  app.setStartWeights('grown', { file: words.file(fromDepth, depth), bytes: grown, model, notes: [] });
  app.setStartWeights('dirac', { file: words.dirac(depth), bytes: dirac, model, notes: [] });
}
