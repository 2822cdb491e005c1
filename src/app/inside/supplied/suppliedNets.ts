/** The nets that come with the page, as views look into them. */
import { modelName } from '../../../model/families.ts';
import type { TrainedNet } from '../../../model/trainedNets.ts';
import type { GivenNet, GivenWeights } from '../../../protocol/inside.ts';
import { blockStyles, distinctStyle } from '../../runs/looks/laneStyles.ts';
import type { App } from '../../state/App.ts';
import type { SuppliedNets } from '../../state/inside.ts';
import type { LaneStyle } from '../../state/laneStyle.ts';
import type { Moment } from '../../state/keeping.ts';
import { momentNear } from '../../state/momentNear.ts';
import type { LookedAt } from '../view.ts';
import { supplied as words } from './enSupplied.ts';
import { fetchNet, readSuppliedNets, suppliedFile, type FetchNet } from './readSupplied.ts';

export const suppliedId = ({ name }: Pick<TrainedNet, 'name'>): string => `supplied/${name}`;
export const isSuppliedId = (id: string): boolean => id.startsWith('supplied/');

/** As NetToLookAt, which cannot be named here. */
interface SuppliedToLookAt extends LookedAt {
  readonly from: 'supplied';
  readonly isTraining: false;
  readonly hasNow: false;
  readonly moments: readonly Moment[];
  readonly give: (_: unknown, step: number | null, further?: readonly number[]) => Promise<GivenNet>;
}

/** Has the list of them read, where it is not; what went wrong is in the state. */
export async function loadSupplied(
  app: Pick<App, 'store' | 'setInside'>,
  get: FetchNet = fetchNet,
): Promise<void> {
  const { kind } = app.store.getState().inside.supplied;
  if (kind === 'coming' || kind === 'here') return;
  app.setInside({ supplied: { kind: 'coming' } });
  try {
    app.setInside({ supplied: { kind: 'here', nets: await readSuppliedNets(get) } });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    app.setInside({ supplied: { kind: 'failed', why } });
  }
}

/** Has all of them looked at. */
export async function chooseSupplied(
  app: Pick<App, 'store' | 'setInside'>,
  get: FetchNet = fetchNet,
): Promise<void> {
  await loadSupplied(app, get);
  const { supplied } = app.store.getState().inside;
  if (supplied.kind === 'here') app.setInside({ nets: supplied.nets.map(suppliedId), step: null });
}

/** Those of them that have come; `others` are there already, and are told from them by name and look. */
export function suppliedToLookAt(
  supplied: SuppliedNets,
  others: readonly Pick<LookedAt, 'name' | 'style'>[],
): readonly SuppliedToLookAt[] {
  if (supplied.kind !== 'here') return [];
  const taken: LaneStyle[] = others.map(({ style }) => style);
  const names = supplied.nets.map(({ config }) => modelName(config.model));
  const isTwice = others.some(({ name }) => names.includes(name));
  const styles = blockStyles(supplied.nets.map(({ config }) => config.model));
  return supplied.nets.flatMap((net, i) => {
    const own = styles[i];
    const last = net.moments.at(-1);
    if (!own || !last) return [];
    // Tones of one hue are near each other: the marker has to differ.
    const style = distinctStyle(
      own,
      taken.map((other) => ({ ...other, tone: own.tone })),
    );
    taken.push(style);
    const name = modelName(net.config.model);
    return {
      id: suppliedId(net),
      name: isTwice ? words.name(name) : name,
      style,
      model: net.config.model,
      step: last.step,
      from: 'supplied',
      isTraining: false,
      hasNow: false,
      moments: momentsOf(net),
      async give(_, at, further = []) {
        const { model, normalisation } = net.config;
        const step = at === null ? last.step : (momentNear(momentsOf(net), at)?.step ?? last.step);
        const others = await Promise.all(
          further.map(async (one) => ({ step: one, weights: await weightsAt(net, one) })),
        );
        const given = { model, normalisation, weights: await weightsAt(net, step) };
        return others.length > 0 ? { ...given, further: others } : given;
      },
    };
  });
}

/** Before the first step it is what its seed gives. */
async function weightsAt({ config, moments }: TrainedNet, step: number): Promise<GivenWeights> {
  const moment = moments.find((one) => one.step === step);
  if (moment) return { kind: 'safetensors', file: await suppliedFile(moment) };
  if (step === 0) return { kind: 'seed', seed: config.seed };
  throw new RangeError(`no net that comes with the page is kept after step ${step}`);
}

/** The same for the same net, so that it is found to be what it was. */
const known = new WeakMap<TrainedNet, readonly Moment[]>();

function momentsOf(net: TrainedNet): readonly Moment[] {
  const found = known.get(net);
  if (found) return found;
  const at = (step: number, bytes: number): Moment => ({ step, why: 'ladder', bytes, evaluationDue: false });
  const moments = [at(0, 0), ...net.moments.map(({ step, bytes }) => at(step, bytes))];
  known.set(net, moments);
  return moments;
}
