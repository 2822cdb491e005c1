/**
 * The training loss about nets: over a plane of two random directions, over the plane of a training's path, and along a line. Source: Li et
 * al. 2018, sections 4 (filter normalisation) and 7 (paths); lines: Goodfellow et al. 2015, "Qualitatively characterizing neural network
 * optimization problems".
 */
import {
  evenly,
  filterNormalisedDirection,
  pathPlane,
  refinementOrder,
  refinementSteps,
} from '../../insights/landscape.ts';
import type { Look } from '../../inside/look.ts';
import type { LookedNet } from '../../inside/lookedNet.ts';
import type { TensorLike } from '../../kernels/ops.ts';
import { measureGraph } from '../../model/shapes.ts';
import { createRandom } from '../../model/random.ts';
import { sameSettings } from '../../model/sameSettings.ts';
import type { FlatWeights } from '../../training/weights.ts';
import { LossMeter } from './computeLoss.ts';
import type {
  Field,
  FieldsAnswer,
  LandscapeAnswer,
  LandscapeAsked,
  LineAnswer,
  LossLine,
  PathPoint,
  Spot,
} from './landscape.ts';

/** How often what there is so far is told at most; and after how many multiply-adds it is told at least: about a second of a thread. */
const TELLINGS = 60;
const TELL_WORK = 25e9;
/** Room about a path, by its own extent. */
const MARGIN = 0.15;

export function computeLandscape<T extends TensorLike>(
  look: Look<T>,
  asked: LandscapeAsked,
): Promise<LandscapeAnswer> {
  switch (asked.kind) {
    case 'plane':
      return overPlanes(look, asked.grid, asked.images, ({ graph, layout, weights }) => {
        const random = createRandom(asked.seed).fork('landscape');
        const draw = (axis: 'x' | 'y') =>
          filterNormalisedDirection(graph, layout, weights.parameters, random.fork(axis));
        const range = [-asked.radius, asked.radius] as const;
        return Promise.resolve({ directions: [draw('x'), draw('y')], x: range, y: range, path: null });
      });
    case 'path':
      return overPlanes(look, asked.grid, asked.images, planeOfPath);
    case 'line':
      return alongLines(look, asked.grid, asked.images, asked.step);
  }
}

interface Plane {
  readonly directions: readonly [Float32Array, Float32Array];
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly path: Field['path'];
}

/** A net with what its plane needs on the device. */
interface Ground<T> {
  readonly net: LookedNet<T & TensorLike>;
  readonly meter: LossMeter<T & TensorLike>;
  readonly directions: readonly [T, T];
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly field: Field;
}

/** All nets point by point, so that they grow finer together. */
async function overPlanes<T extends TensorLike>(
  look: Look<T>,
  grid: number,
  images: number,
  planeOf: (net: LookedNet<T>, meter: LossMeter<T>) => Promise<Plane>,
): Promise<FieldsAnswer> {
  const { ops, nets } = look;
  const grounds: Ground<T>[] = [];
  const held: { dispose: () => void }[] = [];
  try {
    for (const net of nets) {
      const meter = await LossMeter.open(look, net, images);
      held.push(meter);
      const centre = await meter.at(net.parameters, net.statistics);
      const { directions, x, y, path } = await planeOf(net, meter);
      const upload = (direction: Float32Array) => {
        const tensor = ops.upload(direction, [direction.length]);
        held.push({ dispose: () => ops.dispose(tensor) });
        return tensor;
      };
      grounds.push({
        net,
        meter,
        directions: [upload(directions[0]), upload(directions[1])],
        xs: evenly(...x, grid),
        ys: evenly(...y, grid),
        field: { x: [...x], y: [...y], losses: zeros(grid), errors: zeros(grid), centre, path },
      });
    }
    const fields = grounds.map(({ field }) => field);
    const total = grid * grid;
    const work = images * grounds.reduce((sum, { net }) => sum + measureGraph(net.graph).multiplyAdds, 0);
    const every = Math.max(1, Math.floor(Math.min(total / TELLINGS, TELL_WORK / work)));
    const whole = new Set(refinementSteps(grid).map((step) => ((grid - 1) / step + 1) ** 2));
    const answer = (known: number): FieldsAnswer => ({ kind: 'fields', grid, images, known, fields });
    for (const [i, at] of refinementOrder(grid).entries()) {
      for (const ground of grounds) {
        const { loss, error } = await spotAt(ops, ground, at % grid, Math.floor(at / grid));
        ground.field.losses[at] = loss;
        ground.field.errors[at] = error;
      }
      const known = i + 1;
      const isTold = known === 1 || known % every === 0 || whole.has(known);
      look.tell(known, total, isTold ? answer(known) : undefined);
    }
    await look.turn();
    return answer(total);
  } finally {
    for (const one of held) one.dispose();
  }
}

const zeros = (grid: number) => Array<number>(grid * grid).fill(0);

async function spotAt<T extends TensorLike>(
  ops: Look<T>['ops'],
  { net, meter, directions: [dx, dy], xs, ys }: Ground<T>,
  column: number,
  row: number,
): Promise<Spot> {
  const moved = meter.moved(net.parameters, [dx, xs[column]!], [dy, ys[row]!]);
  try {
    return await meter.at(moved, net.statistics);
  } finally {
    ops.dispose(moved);
  }
}

/** Throws RangeError where the net has no two other moments, or all lie on a line. */
async function planeOfPath<T extends TensorLike>(net: LookedNet<T>, meter: LossMeter<T>): Promise<Plane> {
  const { layout, weights, further } = net;
  if (further.length < 2)
    throw new RangeError('A path needs a net with two kept moments besides the one that is looked at.');
  const along = [...further.map(({ weights: { parameters } }) => parameters), weights.parameters];
  const { directions, shares, places } = pathPlane(layout, along, weights.parameters);
  const points: PathPoint[] = [];
  for (const [i, [x, y]] of places.entries()) {
    const moment = further[i];
    const spot = await meter.ofWeights(moment?.weights ?? weights);
    points.push({ step: moment?.step ?? null, x, y, ...spot });
  }
  const range = (values: readonly number[]): [number, number] => {
    const [least, greatest] = [Math.min(...values), Math.max(...values)];
    const room = MARGIN * (greatest - least);
    return [least - room, greatest + room];
  };
  return {
    directions,
    x: range(places.map(([x]) => x)),
    y: range(places.map(([, y]) => y)),
    path: { shares: [...shares], points },
  };
}

/** All lines point by point, so that they grow together. */
async function alongLines<T extends TensorLike>(
  look: Look<T>,
  count: number,
  images: number,
  step: number | null,
): Promise<LineAnswer> {
  const { ops, nets } = look;
  const ways = step === null ? [wayBetween(nets)] : nets.map(wayOfRun);
  const held: { dispose: () => void }[] = [];
  const upload = ({ parameters, statistics }: FlatWeights): OnDevice<T> => {
    const [p, s] = [parameters, statistics].map((values) => {
      const tensor = ops.upload(values, [values.length]);
      held.push({ dispose: () => ops.dispose(tensor) });
      return tensor;
    }) as [T, T];
    return { parameters: p, statistics: s };
  };
  try {
    const drawn: {
      readonly meter: LossMeter<T>;
      readonly from: OnDevice<T>;
      readonly to: OnDevice<T>;
      readonly line: LossLine;
    }[] = [];
    for (const { net, step: at, from, to } of ways) {
      const meter = await LossMeter.open(look, net, images, { statistics: true });
      held.push(meter);
      const line: LossLine = { step: at, losses: [], errors: [], again: { losses: [], errors: [] } };
      drawn.push({ meter, from: upload(from), to: upload(to), line });
    }
    const at = evenly(0, 1, count);
    const answer: LineAnswer = { kind: 'line', images, at, lines: drawn.map(({ line }) => line) };
    for (const [i, share] of at.entries()) {
      for (const { meter, from, to, line } of drawn) {
        const { own, again } = await onTheWay(ops, meter, from, to, share);
        line.losses.push(own.loss);
        line.errors.push(own.error);
        line.again.losses.push(again.loss);
        line.again.errors.push(again.error);
      }
      look.tell(i + 1, count, answer);
    }
    await look.turn();
    return answer;
  } finally {
    for (const one of held) one.dispose();
  }
}

interface OnDevice<T> {
  readonly parameters: T;
  readonly statistics: T;
}

async function onTheWay<T extends TensorLike>(
  ops: Look<T>['ops'],
  meter: LossMeter<T>,
  from: OnDevice<T>,
  to: OnDevice<T>,
  share: number,
): Promise<{ readonly own: Spot; readonly again: Spot }> {
  const made: T[] = [];
  const keep = (tensor: T) => {
    made.push(tensor);
    return tensor;
  };
  try {
    const parameters = keep(meter.mixed(from.parameters, to.parameters, share));
    const own = await meter.at(parameters, keep(meter.mixed(from.statistics, to.statistics, share)));
    return { own, again: await meter.at(parameters, keep(await meter.statisticsAt(parameters))) };
  } finally {
    for (const tensor of made) ops.dispose(tensor);
  }
}

interface Way<T extends TensorLike> {
  readonly net: LookedNet<T>;
  readonly step: number | null;
  readonly from: FlatWeights;
  readonly to: FlatWeights;
}

function wayBetween<T extends TensorLike>([a, b]: readonly LookedNet<T>[]): Way<T> {
  if (!a || !b) throw new RangeError('A line between nets needs two nets.');
  if (!sameSettings(a.model, b.model) || !sameSettings(a.normalisation, b.normalisation)) {
    throw new RangeError('A line needs two nets of one shape: between others there is no net half way.');
  }
  return { net: a, step: null, from: a.weights, to: b.weights };
}

function wayOfRun<T extends TensorLike>(net: LookedNet<T>): Way<T> {
  const [from] = net.further;
  if (!from) throw new RangeError('A line along a training needs a kept moment of each net.');
  return { net, step: from.step, from: from.weights, to: net.weights };
}
