import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { compareRuns, type Comparisons } from '../../insights/verdict.ts';
import { allRuns } from '../runs/allRuns.ts';
import type { AppState } from '../state/AppState.ts';
import { useAppState, useSlowAppState } from '../state/hooks/AppContext.ts';
import type { ExperimentDraft } from '../state/draft.ts';
import type { Run } from '../state/run.ts';
import { isLive, milestonesOf, phaseOf, type Phase } from '../state/training.ts';
import { presetOf } from '../../model/presets.ts';
import type { PresetId } from '../../model/presetId.ts';
import { readDraft } from '../state/readDraft.ts';
import { askedBy, rankBy } from './asked.ts';
import { comparedRuns, firstLike } from './comparedRuns.ts';
import { verdictTexts, type VerdictTexts } from './verdictParts.ts';

/** How often what the runs show is looked at, in ms. */
const PERIOD = 500;

export interface Verdict {
  readonly phase: Phase;
  /** Of the present experiment, and all that the page knows. */
  readonly runs: readonly Run[];
  readonly all: readonly Run[];
  readonly found: Comparisons;
  readonly texts: VerdictTexts;
  /** Whose question stands on the page; null where it is the person's own. */
  readonly preset: PresetId | null;
}

type Lists = Pick<AppState, 'imported' | 'archive' | 'training'>;

const selectLists = ({ imported, archive, training }: AppState): Lists => ({ imported, archive, training });
const isSame = (a: Lists, b: Lists) =>
  a.imported === b.imported && a.archive === b.archive && a.training.runs === b.training.runs;
/** An end does not wait: what is suggested then, and the answer, are about the very numbers that the verdict tells. */
const urgentKey = ({ training }: Lists) => milestonesOf(training.runs);

const VerdictContext = createContext<Verdict | null>(null);

/** What the runs on the page show now. */
export function useVerdict(): Verdict {
  const verdict = useContext(VerdictContext);
  if (!verdict) throw new Error('this component stands outside of VerdictProvider');
  return verdict;
}

function presetIdOf(draft: ExperimentDraft): PresetId | null {
  const { experiment } = readDraft(draft);
  return (experiment && presetOf(experiment)?.id) ?? null;
}

/** Compares once for all that speak of it. While nets train, it is about what is seen to train, and not about other seeds. */
export function VerdictProvider({ children }: { children: ReactNode }) {
  const lists = useSlowAppState(selectLists, PERIOD, { isSame, urgentKey });
  const { runs } = lists.training;
  const all = useMemo(() => allRuns(lists), [lists]);
  const hidden = useAppState((state) => state.view.hidden);
  const phase = phaseOf(lists.training);
  const live = isLive(phase);
  const draft = useAppState((state) => state.draft);
  const preset = useMemo(() => presetIdOf(draft), [draft]);
  const found = useMemo(
    () => compareRuns(comparedRuns(all, runs, new Set(hidden), live), rankBy(askedBy(preset), runs)),
    [all, runs, hidden, live, preset],
  );
  const texts = useMemo(
    () => verdictTexts(found, all, (run) => firstLike(run, all), askedBy(preset)),
    [found, all, preset],
  );
  const verdict = useMemo(
    () => ({ phase, runs, all, found, texts, preset }),
    [phase, runs, all, found, texts, preset],
  );
  return <VerdictContext value={verdict}>{children}</VerdictContext>;
}
