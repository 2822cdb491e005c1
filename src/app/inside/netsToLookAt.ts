/** Which nets can be looked into, and where their numbers come from. */
import type { RunConfig } from '../../model/config.ts';
import type { GivenMoment, GivenNet, GivenWeights } from '../../protocol/inside.ts';
import { runOfLane } from '../../model/config.ts';
import { modelName } from '../../model/families.ts';
import type { App } from '../state/App.ts';
import type { AppState } from '../state/AppState.ts';
import type { Moment } from '../state/keeping.ts';
import { readDraft } from '../state/readDraft.ts';
import { weightsOf } from '../state/startWeights.ts';
import type { Run } from '../state/run.ts';
import { laneStyles, styledLane } from '../runs/looks/laneStyles.ts';
import type { LookedAt } from './view.ts';

/** What the page gives of its nets. */
type GivingApp = Pick<App, 'momentFile' | 'exportWeights'>;

export interface NetToLookAt extends LookedAt {
  readonly from: 'stage' | 'form' | 'kept';
  /** Whether its numbers change by themselves. */
  readonly isTraining: boolean;
  /** Whether they can be had as they are now, and not only at a kept moment. */
  readonly hasNow: boolean;
  readonly moments: readonly Moment[];
  /**
   * Its numbers at the kept moment nearest to `step`, or now, and those at the kept moments `further`. Rejects if they cannot be had.
   */
  readonly give: (app: GivingApp, step: number | null, further?: readonly number[]) => Promise<GivenNet>;
}

/** One and the same, so that nets without moments are found to be what they were. */
const none: readonly Moment[] = [];

/** All of them: the runs on the stage, then nets of the form that have not begun, then runs that are kept with a moment. */
export function netsToLookAt(state: AppState): readonly NetToLookAt[] {
  const { training, archive, library, moments } = state;
  const staged = training.runs.flatMap((run) => ofRun(run, 'stage', moments.get(run.id) ?? none) ?? []);
  const kept = [...archive.kept, ...library].flatMap((run) => {
    const own = moments.get(run.id) ?? none;
    return own.length > 0 ? (ofRun(run, 'kept', own) ?? []) : [];
  });
  return [...staged, ...ofForm(state), ...kept.toReversed()];
}

/** Those that are chosen, or would be if nothing were; at most `most`. */
export function chosenNets(
  nets: readonly NetToLookAt[],
  chosen: readonly string[] | null,
  most: number,
): readonly NetToLookAt[] {
  const own = chosen === null ? [] : nets.filter(({ id }) => chosen.includes(id));
  if (own.length > 0) return own.slice(0, most);
  const staged = nets.filter(({ from, step }) => from === 'stage' && (step ?? 0) > 0);
  return (staged.length > 0 ? staged : nets.filter(({ from }) => from !== 'kept')).slice(0, most);
}

/** The same nets as they are now. */
export function netsNow(state: AppState, nets: readonly NetToLookAt[]): readonly NetToLookAt[] {
  const now = netsToLookAt(state);
  return nets.map((net) => now.find(({ id }) => id === net.id) ?? net);
}

/** The steps at which some of these nets can be looked at, ascending. */
export const stepsToLookAt = (nets: readonly NetToLookAt[]): readonly number[] =>
  [...new Set(nets.flatMap(({ moments }) => moments.map(({ step }) => step)))].sort((a, b) => a - b);

/** The moment nearest to a step; undefined if there is none. */
export const momentNear = (moments: readonly Moment[], step: number): Moment | undefined =>
  moments.toSorted((a, b) => Math.abs(a.step - step) - Math.abs(b.step - step))[0];

function ofRun(run: Run, from: 'stage' | 'kept', moments: readonly Moment[]): NetToLookAt | null {
  const { id, name, style, config, lane, step, state, startedFrom } = run;
  if (!config) return null;
  const isTraining = state === 'running';
  const hasNow = from === 'stage' && (state === 'running' || state === 'paused' || state === 'ended');
  return {
    id,
    name,
    style,
    model: config.model,
    step,
    from,
    isTraining,
    hasNow,
    moments,
    async give(app, at, further = []) {
      const fileAt = async (moment: number): Promise<GivenWeights> => ({
        kind: 'checkpoint',
        file: await app.momentFile(id, moment),
      });
      const asked = at === null ? undefined : momentNear(moments, at);
      const moment = asked ?? (hasNow ? undefined : moments.at(-1));
      const numbers = async (): Promise<GivenNet> => {
        if (moment) return given(config, await fileAt(moment.step));
        if (!hasNow && startedFrom === null) return given(config, { kind: 'seed', seed: config.seed });
        const saved = await app.exportWeights(lane);
        return given(config, { kind: 'safetensors', file: saved.file }, saved.step ?? step);
      };
      const now = await numbers();
      const others: GivenMoment[] = [];
      for (const one of further) others.push({ step: one, weights: await fileAt(one) });
      return others.length > 0 ? { ...now, further: others } : now;
    },
  };
}

function ofForm(state: AppState): readonly NetToLookAt[] {
  const { experiment } = readDraft(state.draft);
  if (!experiment) return [];
  const begun = new Set(state.training.runs.map(({ lane }) => lane));
  const styles = laneStyles(experiment.lanes.map(styledLane));
  return experiment.lanes.flatMap((lane, i) => {
    const style = styles[i];
    if (begun.has(lane.id) || !style) return [];
    const config = runOfLane(experiment, lane);
    const weights = weightsOf(state.startWeights, lane);
    const numbers: GivenWeights = weights
      ? { kind: 'safetensors', file: weights.bytes }
      : { kind: 'seed', seed: config.seed };
    return {
      id: `lane ${lane.id}`,
      name: lane.name || modelName(lane.model),
      style,
      model: lane.model,
      step: weights ? null : 0,
      from: 'form' as const,
      isTraining: false,
      hasNow: true,
      moments: none,
      give: () => Promise.resolve(given(config, numbers)),
    };
  });
}

const given = ({ model, normalisation }: RunConfig, weights: GivenWeights, step?: number): GivenNet => ({
  model,
  normalisation,
  weights,
  ...(step !== undefined && { step }),
});
