import type { ViewTerms } from '../../app/inside/view.ts';
import { inside } from '../../app/inside/enInside.ts';
import type { TimeOfLook } from '../../app/inside/timeOf.ts';
import { compact, integer, list, percent, plainNumber } from '../../app/ui/format.ts';

const number = (loss: number) => (Number.isFinite(loss) ? plainNumber(loss) : 'not finite');
const images = (count: number) => `the first ${integer(count)} training images, without augmentation`;

export const landscape = {
  words: {
    name: 'Loss landscape',
    question: 'How rough is the ground on which each net stands?',
    shows:
      'The training loss when a net\u2019s weights are moved, in two directions at once or along a line, with batch norm as it is in evaluation. Every filter is moved in proportion to its own length, so nets of different scales can be compared.',
    doesNot:
      'A plane is two of very many directions: another seed gives another picture, and a smooth one does not prove that there are no walls elsewhere. It is measured at the end of training or on its way, and does not say by itself why a net trained well or badly.',
    terms: [
      ['loss', 'loss'],
      ['batchNorm', 'batch norm'],
      ['filter', 'filter'],
      ['seed', 'seed'],
    ] satisfies ViewTerms,
    source:
      'Li et al. 2018 (filter normalisation, and paths along principal directions). Lines: Goodfellow et al. 2015. Batch norm\u2019s scale and shift and the bias stay as they are, as in the authors\u2019 program.',
  },
  kind: 'What',
  kinds: { plane: 'random plane', path: 'path of training', line: 'line' },
  draw: 'As',
  draws: { contour: 'contours', surface: 'surface' },
  turn: 'Turn',
  degrees: (turn: number) => `${turn}\u00b0`,
  grid: 'Grid',
  points: (grid: number) => `${grid} points`,
  square: (grid: number) => `${grid} \u00d7 ${grid}`,
  images: 'Images',
  radius: 'Radius',
  seed: 'Seed',
  line: 'From',
  betweenNets: 'the first net to the second',
  betweenMoments: (step: number) => `step ${integer(step)} to the net as it is looked at`,
  noLine: 'A line needs two nets of one shape, or kept moments of every net.',
  noPath: (names: readonly string[]) =>
    `A path needs kept moments: ${list(names)} has fewer than two. Choose other nets, or train with keeping on.`,
  cost: (points: number, count: number, nets: number, work: number, time: TimeOfLook) =>
    `${integer(points)} points \u00d7 ${integer(count)} images${nets > 1 ? ` \u00d7 ${integer(nets)} nets` : ''}: ${compact(work)} multiply-adds, ${inside.takes(time.seconds, time.isMeasured)}.`,
  lossOf: (count: number) => `Training loss on ${images(count)}`,
  lossOn: (count: number) => `Training loss on ${integer(count)} images`,
  error: 'Training error',
  onLog: (count: number) => `Training loss on ${integer(count)} images, one logarithmic scale`,
  first: 'first direction',
  second: 'second direction',
  principal: (which: 'first' | 'second', share: number) =>
    `${which} principal direction (${percent(share)} of the variance)`,
  here: (name: string, loss: number) => `${name}: loss ${number(loss)} here`,
  step: (step: number | null) => (step === null ? 'here' : integer(step)),
  shareOfWay: (from: string, to: string) => `share of the way from ${from} to ${to}`,
  shareOfWays: 'share of the way from the moment to the net',
  momentOf: (name: string, step: number) => `${name} at step ${integer(step)}`,
  ownStatistics: 'running statistics moved along',
  again: 'statistics estimated again at every point',
  fieldHead: ['net', 'what', 'x', 'y', 'loss', 'error'],
  point: 'grid',
  pathPoint: (step: number | null) => (step === null ? 'the net' : `moment after step ${integer(step)}`),
  lineHead: [
    'from',
    'to',
    'share of the way',
    'loss',
    'error',
    'loss, statistics again',
    'error, statistics again',
  ],
  partly: (known: number, total: number) => ` So far ${integer(known)} of ${integer(total)} points.`,
  fieldSummary: (
    nets: readonly {
      readonly name: string;
      readonly centre: number;
      readonly least: number;
      readonly greatest: number;
      readonly near: number;
    }[],
    settings: string,
  ) =>
    `${nets
      .map(
        ({ name, centre, least, greatest, near }) =>
          `${name}: loss ${number(centre)} at its own place, ${number(least)} to ${number(greatest)} in this plane, better than guessing (2.303) on ${percent(near)} of it`,
      )
      .join('; ')}. ${settings}`,
  planeSettings: (grid: number, count: number, radius: number, seed: number) =>
    `${integer(grid)} \u00d7 ${integer(grid)} points, ${images(count)}, radius ${plainNumber(radius)}, seed ${seed}.`,
  pathSettings: (grid: number, count: number) =>
    `${integer(grid)} \u00d7 ${integer(grid)} points, ${images(count)}.`,
  lineSummary: (
    lines: readonly {
      readonly from: string;
      readonly to: string;
      readonly ends: readonly [number, number];
      readonly top: number;
      readonly topAgain: number;
    }[],
    count: number,
  ) =>
    `${lines
      .map(
        ({ from, to, ends, top, topAgain }) =>
          `From ${from} (loss ${number(ends[0])}) to ${to} (${number(ends[1])}) the loss is ${number(top)} at most, and ${number(topAgain)} with batch norm\u2019s statistics estimated again`,
      )
      .join('. ')}. On ${images(count)}.`,
};
