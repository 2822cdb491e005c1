/** Which nets can be looked into, and where their numbers come from. */
import type { RunConfig } from '../../model/config.ts';
import type { GivenMoment, GivenNet, GivenWeights } from '../../protocol/inside.ts';
import { runOfLane } from '../../model/config.ts';
import { secondsOfStep, type Speed } from '../../model/cost.ts';
import { sizeOf } from '../../model/sizes.ts';
import type { App } from '../state/App.ts';
import type { AppState } from '../state/AppState.ts';
import { laneKey } from '../state/inside.ts';
import type { Moment } from '../state/keeping.ts';
import { momentNear } from '../state/momentNear.ts';
import { readDraft } from '../state/readDraft.ts';
import { weightsOf } from '../state/startWeights.ts';
import type { Run } from '../state/run.ts';
import { sameItems } from '../state/sameItems.ts';
import { secondsPerStep } from '../runs/progress.ts';
import { difference } from '../runs/looks/enLaneNames.ts';
import { laneNames } from '../runs/looks/laneNames.ts';
import { laneStyles, styledLane } from '../runs/looks/laneStyles.ts';
import { suppliedToLookAt } from './supplied/suppliedNets.ts';
import type { LookedAt } from './view.ts';

/** What the page gives of its nets. */
type GivingApp = Pick<App, 'momentFile' | 'exportWeights'>;

export interface NetToLookAt extends LookedAt {
  readonly from: 'stage' | 'form' | 'kept' | 'supplied';
  /** The lane of the experiment on the page that it is of; absent of others. */
  readonly lane?: string;
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

/** What the list is made of: as long as it is the same, so is the list. */
type Read = Pick<
  AppState,
  'training' | 'archive' | 'library' | 'moments' | 'draft' | 'startWeights' | 'inside' | 'speed' | 'device'
>;

/** All of them: the runs on the stage, then nets of the form that have not begun, then runs that are kept with a moment, then those that come with the page. */
export const netsToLookAt: (state: Read) => readonly NetToLookAt[] = remembering(
  ({ training, archive, library, moments, draft, startWeights, inside, speed, device }: Read) => [
    training.runs,
    archive.kept,
    library,
    moments,
    draft,
    startWeights,
    inside.supplied,
    speed,
    device,
  ],
  (state) => {
    const { training, archive, library, moments } = state;
    const staged = training.runs.flatMap((run) => ofRun(run, 'stage', moments.get(run.id) ?? none) ?? []);
    const own = [...staged, ...ofForm(state), ...ofKept({ archive, library, moments })];
    const all = [...own, ...suppliedToLookAt(state.inside.supplied, own)];
    const { speed, device } = state;
    const rated = speed.kind === 'measured' ? all.map((net) => paced(net, speed.speed)) : all;
    return device.kind === 'found' && device.choice.backend === 'wasm' ? rated.map(joining) : rated;
  },
);

/** While others train, nothing of it changes. */
const ofKept = remembering(
  ({ archive, library, moments }: Pick<Read, 'archive' | 'library' | 'moments'>) => [
    archive.kept,
    library,
    moments,
  ],
  ({ archive, library, moments }): readonly NetToLookAt[] =>
    [...archive.kept, ...library]
      .flatMap((run) => {
        const own = moments.get(run.id) ?? none;
        return own.length > 0 ? (ofRun(run, 'kept', own) ?? []) : [];
      })
      .toReversed(),
);

/** The last value, as long as what it was made of is the very same. */
function remembering<S, T>(of: (state: S) => readonly unknown[], make: (state: S) => T): (state: S) => T {
  let last: { readonly of: readonly unknown[]; readonly value: T } | null = null;
  return (state) => {
    const now = of(state);
    if (!last || !sameItems(last.of, now)) last = { of: now, value: make(state) };
    return last.value;
  };
}

/** Whether it has taken a step, or has its weights from a file. */
export const isTrained = ({ step }: Pick<NetToLookAt, 'step'>): boolean => step !== 0;

/** Those that are chosen, or would be if nothing were; at most `most`. */
export function chosenNets(
  nets: readonly NetToLookAt[],
  chosen: readonly string[] | null,
  most: number,
): readonly NetToLookAt[] {
  const own =
    chosen === null ? [] : nets.filter((net) => chosen.includes(net.id) || chosen.includes(keyOf(net)));
  if (own.length > 0) return own.slice(0, most);
  const staged = nets.filter(({ from, step }) => from === 'stage' && (step ?? 0) > 0);
  const unasked = staged.length > 0 ? staged : nets.filter(({ from }) => from === 'stage' || from === 'form');
  return unasked.slice(0, most);
}

/** How many of those that are chosen are not here. */
export const missingNets = (nets: readonly NetToLookAt[], chosen: readonly string[] | null): number =>
  (chosen ?? []).filter((one) => !nets.some((net) => net.id === one || keyOf(net) === one)).length;

/** What a net is chosen by: that of a lane stays chosen when it begins to train. */
export const keyOf = ({ id, lane }: Pick<NetToLookAt, 'id' | 'lane'>): string =>
  lane === undefined ? id : laneKey(lane);

/** The same nets as they are now. */
export function netsNow(state: Read, nets: readonly NetToLookAt[]): readonly NetToLookAt[] {
  const now = netsToLookAt(state);
  return nets.map((net) => now.find(({ id }) => id === net.id) ?? net);
}

/** The steps at which some of these nets can be looked at, ascending. */
export const stepsToLookAt = (nets: readonly NetToLookAt[]): readonly number[] =>
  [...new Set(nets.flatMap(({ moments }) => moments.map(({ step }) => step)))].sort((a, b) => a - b);

function ofRun(run: Run, from: 'stage' | 'kept', moments: readonly Moment[]): NetToLookAt | null {
  const { id, name, style, config, lane, step, state, startedFrom } = run;
  if (!config) return null;
  const isTraining = state === 'running';
  const perStep = from === 'stage' ? secondsPerStep(run) : null;
  const hasNow = from === 'stage' && (state === 'running' || state === 'paused' || state === 'ended');
  return {
    id,
    name,
    style,
    model: config.model,
    step,
    from,
    ...(from === 'stage' && { lane }),
    ...(perStep !== null && { rate: forwardRate(config, perStep) }),
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

type Batches = Pick<RunConfig, 'model' | 'batchSize'>;

/** Of a training step, the way forward is a third of the arithmetic. */
const forwardRate = ({ model, batchSize }: Batches, secondsPerStep: number): number =>
  (3 * batchSize * sizeOf(model).multiplyAdds) / secondsPerStep;

/** Images of the training step by which a net that has not trained here is paced. */
const PACED_BATCH = 128;

const pacedNets = new WeakMap<NetToLookAt, { readonly speed: Speed; readonly net: NetToLookAt }>();

/** The net, and if it has not trained here with the pace at which this device would train it; the very same of the same. */
function paced(net: NetToLookAt, speed: Speed): NetToLookAt {
  if (net.rate !== undefined) return net;
  const before = pacedNets.get(net);
  if (before?.speed === speed) return before.net;
  const batches = { model: net.model, batchSize: PACED_BATCH };
  const made = { ...net, rate: forwardRate(batches, secondsOfStep(batches, speed.rates)) };
  pacedNets.set(net, { speed, net: made });
  return made;
}

/** How much faster WebAssembly's joined kernels are than the forward pass of training, on one thread: 1.9 to 2.2 (docs/decisions/2026-11-26-looking-faster.md). */
const JOINED_GAIN = 2;

const joiningNets = new WeakMap<NetToLookAt, NetToLookAt>();

/** The net with its pace where batch norms are joined; the very same of the same. */
function joining(net: NetToLookAt): NetToLookAt {
  if (net.rate === undefined) return net;
  const made = joiningNets.get(net) ?? { ...net, joinedRate: JOINED_GAIN * net.rate };
  joiningNets.set(net, made);
  return made;
}

function ofForm(state: Read): readonly NetToLookAt[] {
  const { experiment } = readDraft(state.draft);
  if (!experiment) return [];
  const begun = new Set(state.training.runs.map(({ lane }) => lane));
  const styles = laneStyles(experiment.lanes.map(styledLane));
  const names = laneNames(experiment.lanes, difference);
  return experiment.lanes.flatMap((lane, i) => {
    const style = styles[i];
    if (begun.has(lane.id) || !style) return [];
    const config = runOfLane(experiment, lane);
    const weights = weightsOf(state.startWeights, lane);
    const numbers: GivenWeights = weights
      ? { kind: 'safetensors', file: weights.bytes }
      : { kind: 'seed', seed: config.seed };
    return {
      id: laneKey(lane.id),
      lane: lane.id,
      name: names[i]!,
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
