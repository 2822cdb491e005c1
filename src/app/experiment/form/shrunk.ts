import type { ExperimentConfig } from '../../../model/config.ts';
import { paperSetting } from '../../../model/paper.ts';
import { totalSteps } from '../../runs/progress.ts';
import { list } from '../../ui/format.ts';
import { againstPaper as words, type PaperSize } from './enSettings.ts';

/** What is smaller here than in the paper, in words; null if nothing is. */
export function shrunk({ lanes, recipe }: ExperimentConfig): string | null {
  const widest = Math.max(...lanes.map((lane) => lane.model.width));
  const steps = totalSteps(recipe);
  const parts = [
    share(widest, paperSetting.width, 'filters'),
    share(recipe.batchSize, paperSetting.batchSize, 'batch'),
    steps !== null && steps < paperSetting.steps ? words.steps(steps, paperSetting.steps) : null,
    recipe.augment === 'none' ? words.noAugmentation : null,
  ].filter((part) => part !== null);
  return parts.length > 0 ? list(parts) : null;
}

function share(here: number, paper: number, size: PaperSize): string | null {
  if (here >= paper) return null;
  if (here * 2 === paper) return words.half(size);
  if (here * 4 === paper) return words.quarter(size);
  return words.share((100 * here) / paper, size);
}
