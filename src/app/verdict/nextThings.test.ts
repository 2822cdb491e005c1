import { expect, test } from 'vitest';
import { scattered } from '../../insights/testing/anyRun.ts';
import { compareRuns } from '../../insights/verdict.ts';
import { parseExperiment, type ExperimentConfig } from '../../model/config.ts';
import { defaultExperiment } from '../../model/presets.ts';
import { prepareRuns } from '../runs/prepareRuns.ts';
import { draftOf, missingTwins, type ExperimentDraft } from '../state/draft.ts';
import { readDraft } from '../state/readDraft.ts';
import type { Moments } from '../state/keeping.ts';
import { endRun, type Run, type RunEnd } from '../state/run.ts';
import { Series } from '../state/series.ts';
import { phaseOf } from '../state/training.ts';
import { presetOf } from '../../model/presets.ts';
import { askedBy, rankBy } from './asked.ts';
import { verdictTexts } from './verdictParts.ts';
import { comparedRuns } from './comparedRuns.ts';
import { nextThing } from './enNextThing.ts';
import { nextThings } from './nextThings.ts';

const plainPair = defaultExperiment('cpu');
const withTwins = readDraft(twinned(draftOf(plainPair))).experiment!;
function twinned(draft: ExperimentDraft): ExperimentDraft {
  return { ...draft, lanes: [...draft.lanes, ...missingTwins(draft.lanes)] };
}

let ordinal = 0;
/** The runs of the experiment, ended, with these errors. */
function ended(experiment: ExperimentConfig, errors: readonly number[], end: RunEnd['reason'] = 'completed') {
  ordinal++;
  return prepareRuns(experiment, ordinal, () => '').map((run, i) =>
    endRun(
      { ...run, step: 300, error: Series.empty.append(scattered(run.id, errors[i]!, 300, 0.001)) },
      { reason: end, divergedAt: end === 'diverged' ? 12 : null, failure: null },
    ),
  );
}
function suggested(
  draft: ExperimentDraft,
  runs: readonly Run[],
  earlier: readonly Run[] = [],
  moments: Moments = new Map(),
) {
  const all = [...earlier, ...runs];
  const phase = phaseOf({ runs });
  const { experiment } = readDraft(draft);
  const preset = (experiment && presetOf(experiment)?.id) ?? null;
  const asked = askedBy(preset);
  const found = compareRuns(comparedRuns(all, runs, new Set(), phase !== 'ended'), rankBy(asked, runs));
  const { isUnclear } = verdictTexts(found, all, undefined, asked);
  return nextThings({ draft, experiment, runs, all, found, phase, preset, isUnclear, moments });
}
const kinds = (...given: Parameters<typeof suggested>) => suggested(...given).map(({ kind }) => kind);
const seeded = (experiment: ExperimentConfig, seed: number): ExperimentConfig => ({
  ...experiment,
  recipe: { ...experiment.recipe, seed },
});

test('before the first training, and while it goes on, there is nothing to do next', () => {
  expect(suggested(draftOf(plainPair), [])).toEqual([]);
  const running = ended(plainPair, [0.6, 0.8]).map((run): Run => ({ ...run, state: 'running', end: null }));
  expect(suggested(draftOf(plainPair), running)).toEqual([]);
});

test('after the plain nets come their twins, then another seed', () => {
  expect(suggested(draftOf(plainPair), ended(plainPair, [0.6, 0.8]))).toEqual([
    { kind: 'add-twins', count: 2 },
    { kind: 'next-seed', seed: 2 },
  ]);
});

test('with the twins trained, the skips of the deepest plain net can be switched on at a moment of it, once', () => {
  const draft = draftOf(withTwins);
  const runs = ended(withTwins, [0.6, 0.8, 0.4, 0.5]);
  const moment = (step: number) => ({ step, why: 'ladder', bytes: 1, evaluationDue: false }) as const;
  const moments = new Map([[runs[1]!.id, [0, 50, 100, 200, 300].map(moment)]]);
  expect(suggested(draft, runs, [], moments)[0]).toEqual({
    kind: 'switch-skips',
    run: runs[1]!.id,
    name: 'plain-56',
    step: 100,
  });
  expect(kinds(draft, runs)).not.toContain('switch-skips');
  const branch: Run = {
    ...runs[1]!,
    id: 'branch',
    history: [{ kind: 'branched', step: 100, when: 0, run: runs[1]!.id, name: 'plain-56', before: null }],
  };
  expect(kinds(draft, runs, [branch], moments)).not.toContain('switch-skips');
});

test('lanes that no run is of are to be trained, alone, also while others train', () => {
  const draft = twinned(draftOf(plainPair));
  const lanes = draft.lanes.slice(2).map(({ id }) => id);
  const runs = ended(plainPair, [0.6, 0.8]);
  expect(suggested(draft, runs)[0]).toEqual({ kind: 'train-new', lanes });
  const running = runs.map((run): Run => ({ ...run, state: 'running', end: null }));
  expect(suggested(draft, running)).toEqual([{ kind: 'train-new', lanes }]);
  // The twins may have been trained in an earlier experiment.
  const twins = ended(withTwins, [0.6, 0.8, 0.4, 0.5]).slice(2);
  expect(kinds(draft, runs, twins)).not.toContain('train-new');
  // With another recipe all are new: that is what Train is for.
  const other = { ...draft, recipe: { ...draft.recipe, batchSize: '32' } };
  expect(kinds(other, runs)).not.toContain('train-new');
});

test('a net that was changed after it had been trained is new', () => {
  const draft = draftOf(withTwins);
  const changed = { ...draft, lanes: draft.lanes.map((lane, i) => (i === 3 ? { ...lane, shortcut: 'B' as const } : lane)) }; // prettier-ignore
  const runs = ended(withTwins, [0.6, 0.8, 0.4, 0.5]);
  expect(suggested(changed, runs)[0]).toEqual({ kind: 'train-new', lanes: [draft.lanes[3]!.id] });
});

test('after the twins comes another seed, then what the long recordings show', () => {
  expect(kinds(draftOf(withTwins), ended(withTwins, [0.6, 0.8, 0.4, 0.5]))).toEqual(['next-seed', 'open-recording']); // prettier-ignore
});

test('where a gap is within the noise beside others, more steps come second; where all are, first', () => {
  expect(kinds(draftOf(withTwins), ended(withTwins, [0.6, 0.8, 0.4, 0.4]))).toEqual(['next-seed', 'longer']);
  const residual = parseExperiment({
    lanes: [20, 56].map((depth) => ({ id: `r${depth}`, model: { depth, width: 8 } })),
    recipe: { steps: 300 },
  });
  expect(suggested(draftOf(residual), ended(residual, [0.4, 0.4]))).toEqual([
    { kind: 'longer', factor: 3 },
    { kind: 'next-seed', seed: 2 },
  ]);
  expect(kinds(draftOf(residual), ended(residual, [0.9, 0.9]))).toEqual(['longer']);
});

test('three seeds are enough', () => {
  const runs = [1, 2, 3].map((seed) => ended(seeded(withTwins, seed), [0.6, 0.8, 0.4, 0.5]));
  expect(kinds(draftOf(seeded(withTwins, 3)), runs[2]!, runs.slice(0, 2).flat())).toEqual(['open-recording']);
  expect(kinds(draftOf(seeded(withTwins, 2)), runs[1]!, runs[0])).toEqual(['next-seed', 'open-recording']);
});

test('what diverged is to be tried with a tenth of the rate', () => {
  const runs = ended(plainPair, [0.6, NaN]);
  const mixed = [runs[0]!, ended(plainPair, [0.6, NaN], 'diverged')[1]!];
  expect(suggested(draftOf(plainPair), mixed)[0]).toEqual({
    kind: 'lower-rate',
    lanes: [mixed[1]!.lane],
    rate: 0.01,
  });
});

test('one net alone gets a twin, or a second net', () => {
  const alone = (block: string) =>
    parseExperiment({ lanes: [{ id: 'one', model: { depth: 20, block } }], recipe: { steps: 300 } });
  const [plain, basic] = [alone('plain'), alone('basic')];
  expect(kinds(draftOf(plain), ended(plain, [0.5]))).toEqual(['add-twins', 'add-net']);
  expect(kinds(draftOf(basic), ended(basic, [0.5]))).toEqual(['add-net']);
});

test('there are never more than two, each with words', () => {
  const cases = [draftOf(plainPair), draftOf(withTwins)].flatMap((draft) =>
    [0.4, 0.6, 0.9].map((error) => suggested(draft, ended(plainPair, [0.6, error]))),
  );
  for (const suggestions of cases) {
    expect(suggestions.length).toBeGreaterThan(0);
    expect(suggestions.length).toBeLessThanOrEqual(2);
    expect(new Set(suggestions.map(({ kind }) => kind)).size).toBe(suggestions.length);
    for (const suggestion of suggestions)
      expect(nextThing.words(suggestion).label).toMatch(/^[A-Z].*[a-z0-9)]$/);
  }
});

test('nets that failed are not the time for more of them: the failure says what to do', () => {
  expect(kinds(draftOf(plainPair), ended(plainPair, [0.4, 0.7], 'error'))).toEqual([]);
  const [first, second] = ended(plainPair, [0.4, 0.7]);
  const broken = endRun({ ...second!, end: null }, { reason: 'error', divergedAt: null, failure: null });
  expect(kinds(draftOf(plainPair), [first!, broken])[0]).toBe('add-twins');
});
