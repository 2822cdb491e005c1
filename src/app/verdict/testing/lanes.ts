/** Lanes that were trained to given errors, and what is said of them, for the tests of the verdict. */
import { scattered } from '../../../insights/testing/anyRun.ts';
import { compareRuns } from '../../../insights/verdict.ts';
import { parseExperiment, type LaneConfig } from '../../../model/config.ts';
import type { PresetId } from '../../../model/presetId.ts';
import { difference } from '../../runs/looks/enLaneNames.ts';
import { prepareRuns } from '../../runs/prepareRuns.ts';
import { endRun, type Run } from '../../state/run.ts';
import { Series } from '../../state/series.ts';
import { askedBy, rankBy } from '../asked.ts';
import type { Part } from '../claimFacts.ts';
import { comparedRuns, firstLike } from '../comparedRuns.ts';
import { verdictTexts } from '../verdictParts.ts';

/** A claim's words alone. */
export const flat = (parts: readonly Part[]) =>
  parts
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('name' in part) return part.name;
      return 'stress' in part ? part.stress : part.number;
    })
    .join('');

export const done = (run: Run) => endRun(run, { reason: 'completed', divergedAt: null, failure: null });
export const trained = (run: Run, error: readonly number[]): Run => ({
  ...run,
  step: error.length,
  error: Series.empty.append(error),
});
let ordinal = 0;

/** Lanes that were trained to these errors, the same at every step, but for a bit of noise. */
export function lanes(
  nets: readonly (readonly [LaneConfig['model'] | object, number, object?])[],
  recipe: object = {},
  steps = 300,
): readonly Run[] {
  const experiment = parseExperiment({
    lanes: nets.map(([model, , more], i) => ({ id: `lane-${i}`, model, ...more })),
    recipe: { steps, batchSize: 64, augment: 'none', ...recipe },
  });
  ordinal++;
  return prepareRuns(experiment, ordinal, difference).map((run, i) =>
    done(trained(run, [...scattered(run.id, nets[i]![1], steps, 0.001)])),
  );
}
/** What is said of runs of the present experiment, and of those before. */
export function texts(current: readonly Run[], earlier: readonly Run[] = [], preset: PresetId | null = null) {
  const all = [...earlier, ...current];
  const asked = askedBy(preset);
  const found = compareRuns(comparedRuns(all, current, new Set(), false), rankBy(asked, current));
  return verdictTexts(found, all, (run) => firstLike(run, all), asked);
}

export const plain = (depth: number) => ({ block: 'plain', depth });
export const basic = (depth: number, more: object = {}) => ({ block: 'basic', depth, ...more });
