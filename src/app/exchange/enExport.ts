/** The words of imports, and of the pictures of charts. */
import type { RecipeConfig } from '../../model/config.ts';
import type { Quantity } from '../charts/curves/curves.ts';
import { axisNames, charts } from '../charts/enCharts.ts';
import { integer, megabytes, plainNumber, twoDecimals } from '../ui/format.ts';

export const imports = {
  heading: 'Import',
  choose: 'Runs from a JSON file',
  chooseLog: 'Log of another program, or of this page (CSV)',
  text: 'They are drawn faintly beside the runs of this page, and marked as imported. A log is a table whose first line names its columns, separated by commas, semicolons, tabs or blanks, or JSON, one object a line or a list; you choose what the columns mean. Up to 250 MB, 1,000 columns, 25 million cells and 64 runs are read.',
  reading: (file: string, bytes: number, all: number) =>
    `Reading ${file}: ${megabytes(bytes)} of ${megabytes(all)} MB`,
  interpreting: 'Reading the columns anew',
  cancel: 'Cancel',
  cancelled: (file: string) => `${file} was not read to its end. Nothing has changed.`,
  noReader:
    'The part of this page that reads files did not load, or failed. Try again; if it stays so, keep your runs with \u201cRuns as JSON\u201d, and load the page again.',
  importedName: (name: string) => `${name} (imported)`,
  remove: (name: string) => `Remove ${name}`,
  read: (file: string, runs: number) =>
    `${file}: ${runs === 1 ? 'one run is' : `${integer(runs)} runs are`} on the charts now.`,
  weights: 'Weights to start a lane from (safetensors)',
  weightsText:
    'They must be of the lane\u2019s own net, by PyTorch\u2019s names, with a wrapper\u2019s prefix or without, in 16, 32 or 64 bits. The lane starts from them with the next Train, with a fresh optimiser and schedule.',
  weightsLane: 'Lane',
  seedAgain: (lane: string) => `Start ${lane} from its seed again`,
  locked: 'Lanes are locked while they train: stop first.',
  safe: 'What was on the page is still there.',
};

export const picture = {
  titles: {
    error: 'Error on CIFAR-10, %',
    loss: 'Loss on CIFAR-10',
    gap: 'Test error minus training error, points',
    speed: 'Images a second',
    rate: 'Learning rate',
  } satisfies Record<Quantity, string>,
  save: (title: string, kind: string) => `Save the chart \u201c${title}\u201d as ${kind}`,
  /** Where a browser changes what is read of a canvas. */
  noise:
    'Not saved: this browser changes the pixels of pictures that a page draws, against tracking, and the PNG would be noise. The SVG holds lines and not pixels: it is exact, and slides take it too.',
  svgInstead: 'Save as SVG',
  dismiss: 'Close',
  training: 'training',
  smoothed: (smoothing: number) => `training, smoothed ${twoDecimals(smoothing)}, each batch behind it`,
  test: 'test',
  axes: axisNames,
  diverged: charts.diverged,
  credit: (device: string | null, date: string) =>
    ['Residual Playground', device, date].filter((part) => part !== null).join(' \u00b7 '),
};

const optimizers = { sgd: 'SGD', adam: 'Adam', rmsprop: 'RMSprop' } as const;

/** The settings that the runs shared, in one line; with `ownOptimizers` the optimiser is none of them. */
export function recipeLine(recipe: RecipeConfig, ownOptimizers = false): string {
  const { optimizer, schedule, evaluation } = recipe;
  const budget =
    recipe.steps !== undefined
      ? `${integer(recipe.steps)} steps`
      : recipe.epochs !== undefined
        ? `${plainNumber(recipe.epochs)} epochs`
        : `${plainNumber(recipe.minutes ?? 0)} minutes`;
  const schedules = {
    constant: 'constant',
    steps: schedule.type === 'steps' ? `steps at ${schedule.milestones.map(integer).join(' and ')}` : '',
    cosine: 'cosine',
  };
  const optimizerParts = () => [
    `${optimizers[optimizer.type]}, rate ${plainNumber(optimizer.learningRate)} ${schedules[schedule.type]}${schedule.warmUp ? ', warm-up' : ''}`,
    ...(optimizer.type === 'sgd' ? [`momentum ${plainNumber(optimizer.momentum)}`] : []),
    `weight decay ${plainNumber(optimizer.weightDecay)}`,
  ];
  return [
    ...(ownOptimizers ? ['optimisers as named'] : optimizerParts()),
    `batch ${integer(recipe.batchSize)}`,
    budget,
    recipe.augment === 'paper' ? 'augmented' : 'not augmented',
    `seed ${recipe.seed}`,
    ...(evaluation.every > 0 ? [`tested on ${integer(evaluation.images)} images`] : []),
  ].join(' \u00b7 ');
}
