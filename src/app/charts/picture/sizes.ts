/** How large what a picture shows was: nobody in a room may take a small run for the paper's. */
import { paperSetting } from '../../../model/paper.ts';
import { totalSteps } from '../../runs/progress.ts';
import type { CurveSource } from '../sources/curveSources.ts';

export interface Sizes {
  /** Filters of the first stage, ascending; images of a batch alike. */
  readonly widths: readonly number[];
  readonly batches: readonly number[];
  /** Steps of the run that came farthest, and its budget if that counts steps. */
  readonly done: number;
  readonly budget: number | null;
  readonly paperSteps: number;
  /** Different seeds of what is shown. */
  readonly seeds: number;
}

/** Of the present experiment, or where nothing of it is shown of all; null where no configuration is known. */
export function sizesOf(sources: readonly Pick<CurveSource, 'faint' | 'runs'>[]): Sizes | null {
  const present = sources.filter(({ faint }) => !faint);
  const runs = (present.length > 0 ? present : sources).flatMap((source) => source.runs);
  const configs = runs.flatMap(({ config }) => config ?? []);
  const farthest = runs.toSorted((a, b) => b.step - a.step)[0];
  if (!farthest || configs.length === 0) return null;
  const distinct = (values: readonly number[]) => [...new Set(values)].sort((a, b) => a - b);
  return {
    widths: distinct(configs.map(({ model }) => model.width)),
    batches: distinct(configs.map(({ batchSize }) => batchSize)),
    done: farthest.step,
    budget: totalSteps(farthest.config),
    paperSteps: paperSetting.steps,
    seeds: new Set(configs.map(({ seed }) => seed)).size,
  };
}
