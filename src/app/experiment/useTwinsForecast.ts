import { useMemo } from 'react';
import { costOf } from '../../model/cost.ts';
import { claimComesOut } from '../../model/fit.ts';
import type { PresetId } from '../../model/presetId.ts';
import { presetOf } from '../../model/presets.ts';
import { useAppState } from '../state/hooks/AppContext.ts';
import { missingTwins } from '../state/draft.ts';
import { readDraft } from '../state/readDraft.ts';

export interface TwinsForecast {
  /** What the experiment is with them. */
  readonly preset: PresetId | null;
  /** What the twins take by themselves on this device; null where it was not measured. */
  readonly seconds: number | null;
}

/** Before twins are added: how long that takes, where it is too short for what it is to show; else null. */
export function useTwinsForecast(): TwinsForecast | null {
  const draft = useAppState((state) => state.draft);
  const speed = useAppState((state) => state.speed);
  return useMemo(() => {
    const twins = missingTwins(draft.lanes);
    if (twins.length === 0) return null;
    const { experiment } = readDraft({ ...draft, lanes: [...draft.lanes, ...twins] });
    if (!experiment || claimComesOut(experiment) !== false) return null;
    const ids = new Set(twins.map(({ id }) => id));
    // The nets that are done are not trained again.
    const added = { ...experiment, lanes: experiment.lanes.filter(({ id }) => ids.has(id)) };
    const seconds = speed.kind === 'measured' ? costOf(added, speed.speed).seconds : null;
    return { preset: presetOf(experiment)?.id ?? null, seconds };
  }, [draft, speed]);
}
