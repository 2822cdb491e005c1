/**
 * An experiment as the end of an address: `e=1p20x8,p56x8;n300;b64`. The digit after `e=` is the version of the
 * encoding; a version once given out is read for ever, so its defaults stand here and not in the schema.
 *
 * Version 1: lanes, then parts of the recipe that are not the default, separated by `;`. A lane is its block (p, r, b), its
 * depth, the shortcut if it is not A, `x` and the filters if they are not 16, `@` and its id where that does not follow from the
 * net, `~` and its name. A part is a letter and its values, joined by `_`.
 */
import { ConfigError, parseExperiment, type ExperimentConfig, type LaneConfig } from './config.ts';
import { modelName } from './families.ts';

/** What is wrong with a link. */
export class LinkError extends Error {
  override readonly name = 'LinkError';
  constructor(
    /** `version`: made by a later page. `unreadable`: not such an encoding. `refused`: read, but no sound experiment. */
    readonly kind: 'version' | 'unreadable' | 'refused',
    /** The piece that is wrong, or the schema's own words. */
    readonly detail: string,
  ) {
    super(`${kind}: ${detail}`);
  }
}

const PREFIX = 'e=';

/** Whether the end of an address means to be an experiment at all: `#curves` does not. */
export const isExperimentLink = (hash: string): boolean => hash.replace(/^#/, '').startsWith(PREFIX);

/** The end of the address, without `#`. */
export const encodeExperiment = (experiment: ExperimentConfig): string => `${PREFIX}1${encode1(experiment)}`;

/** The experiment of the end of an address, with or without `#`. Throws {@link LinkError}. */
export function decodeExperiment(hash: string): ExperimentConfig {
  const [, version = '', text = ''] = /^#?e=(\d*)(.*)$/s.exec(hash) ?? [];
  // Lanes of version 1 begin with a letter, so the digits before them are the version.
  const decoder = decoders.get(version);
  if (!decoder) throw new LinkError(version === '' ? 'unreadable' : 'version', version || hash);
  try {
    return parseExperiment(decoder(text));
  } catch (error) {
    if (error instanceof ConfigError) throw new LinkError('refused', error.message);
    throw error;
  }
}

const decoders: ReadonlyMap<string, (text: string) => unknown> = new Map([['1', decode1]]);

const blocks = { p: 'plain', r: 'basic', b: 'bottleneck' } as const;
const blockLetters = { plain: 'p', basic: 'r', bottleneck: 'b' } as const;
const optimizers = { s: 'sgd', a: 'adam', r: 'rmsprop' } as const;
const optimizerLetters = { sgd: 's', adam: 'a', rmsprop: 'r' } as const;

const defaults1 = {
  width: 16,
  shortcut: 'A',
  learningRate: 0.1,
  momentum: 0.9,
  weightDecay: 1e-4,
  milestones: [32_000, 48_000],
  factor: 0.1,
  batchSize: 128,
  seed: 1,
  seeds: 1,
  every: 0,
  images: 1000,
} as const;

const isOptimizer = (letter = ''): letter is keyof typeof optimizers => Object.hasOwn(optimizers, letter);

/** The id that a lane has if nothing else is said: its net's, numbered where it is taken. */
function defaultId(model: Pick<LaneConfig['model'], 'block' | 'depth'>, before: readonly { id: string }[]) {
  const name = modelName(model).toLowerCase();
  for (let i = 1; ; i++) {
    const id = i === 1 ? name : `${name}-${i}`;
    if (!before.some((lane) => lane.id === id)) return id;
  }
}

function encode1({ lanes, recipe, pace, seeds }: ExperimentConfig): string {
  const parts: string[] = [
    lanes
      .map(({ id, name, model }, i) =>
        [
          blockLetters[model.block],
          model.depth,
          model.shortcut === defaults1.shortcut ? '' : model.shortcut,
          model.width === defaults1.width ? '' : `x${model.width}`,
          id === defaultId(model, lanes.slice(0, i)) ? '' : `@${id}`,
          name === '' ? '' : `~${encodeURIComponent(name)}`,
        ].join(''),
      )
      .join(','),
  ];
  const put = (letter: string, ...values: readonly (string | number)[]) => {
    parts.push(letter + values.join('_'));
  };
  const { optimizer, schedule, evaluation, normalisation } = recipe;
  if (recipe.steps !== undefined) put('n', recipe.steps);
  if (recipe.epochs !== undefined) put('e', recipe.epochs);
  if (recipe.minutes !== undefined) put('m', recipe.minutes);
  if (recipe.batchSize !== defaults1.batchSize) put('b', recipe.batchSize);
  if (recipe.seed !== defaults1.seed) put('s', recipe.seed);
  if (seeds !== defaults1.seeds) put('g', seeds);
  if (recipe.augment === 'none') put('a');
  if (optimizer.type !== 'sgd') put('o', optimizerLetters[optimizer.type]);
  if (optimizer.learningRate !== defaults1.learningRate) put('l', optimizer.learningRate);
  if (optimizer.momentum !== defaults1.momentum) put('v', optimizer.momentum);
  if (optimizer.weightDecay !== defaults1.weightDecay) put('d', optimizer.weightDecay);
  if (!optimizer.decayNormalisation) put('k');
  if (schedule.type === 'cosine') put('c');
  if (schedule.type === 'steps') {
    const { milestones, factor } = schedule;
    const isPaper = String(milestones) === String(defaults1.milestones) && factor === defaults1.factor;
    put('r', ...(isPaper ? [] : [factor, ...milestones]));
  }
  const { warmUp } = schedule;
  if (warmUp?.steps !== undefined) put('w', warmUp.learningRate, warmUp.steps);
  if (warmUp?.untilError !== undefined) put('u', warmUp.learningRate, warmUp.untilError);
  if (normalisation === 'channel') put('z');
  if (typeof normalisation === 'object') put('z', ...normalisation.mean, ...normalisation.std);
  if (recipe.order === 'sequential') put('q');
  if (evaluation.every !== defaults1.every || evaluation.images !== defaults1.images) {
    put('t', evaluation.every, evaluation.images);
  }
  if (!evaluation.atEnd) put('x');
  if (pace === 'free') put('f');
  return parts.join(';');
}

function decode1(text: string): unknown {
  const [laneText = '', ...parts] = text.split(';');
  const lanes: { id: string; name: string; model: unknown }[] = [];
  for (const lane of laneText.split(',')) lanes.push(decodeLane1(lane, lanes));

  const optimizer: Record<string, unknown> = {
    type: 'sgd',
    learningRate: defaults1.learningRate,
    momentum: defaults1.momentum,
    weightDecay: defaults1.weightDecay,
    decayNormalisation: true,
  };
  const schedule: Record<string, unknown> = { type: 'constant' };
  const evaluation: Record<string, unknown> = {
    every: defaults1.every,
    images: defaults1.images,
    atEnd: true,
  };
  const recipe: Record<string, unknown> = {
    optimizer,
    schedule,
    evaluation,
    batchSize: defaults1.batchSize,
    seed: defaults1.seed,
    augment: 'paper',
    normalisation: 'per-pixel-mean',
    order: 'shuffled',
  };
  let pace = 'lockstep';
  let seeds: number | undefined = defaults1.seeds;

  const seen = new Set<string>();
  for (const part of parts) {
    const letter = part.charAt(0);
    const written = part.length > 1 ? part.slice(1).split('_') : [];
    const unreadable = () => new LinkError('unreadable', part);
    if (seen.has(letter)) throw unreadable();
    seen.add(letter);
    const numbers = (...counts: readonly number[]): number[] => {
      const values = written.map(readNumber);
      if (!counts.includes(values.length) || values.some(Number.isNaN)) throw unreadable();
      return values;
    };
    const number = () => numbers(1)[0];
    const flag = () => {
      numbers(0);
      return true;
    };
    switch (letter) {
      case 'n':
        recipe['steps'] = number();
        break;
      case 'e':
        recipe['epochs'] = number();
        break;
      case 'm':
        recipe['minutes'] = number();
        break;
      case 'b':
        recipe['batchSize'] = number();
        break;
      case 's':
        recipe['seed'] = number();
        break;
      case 'g':
        seeds = number();
        break;
      case 'a':
        if (flag()) recipe['augment'] = 'none';
        break;
      case 'o':
        if (written.length !== 1 || !isOptimizer(written[0])) throw unreadable();
        optimizer['type'] = optimizers[written[0]];
        break;
      case 'l':
        optimizer['learningRate'] = number();
        break;
      case 'v':
        optimizer['momentum'] = number();
        break;
      case 'd':
        optimizer['weightDecay'] = number();
        break;
      case 'k':
        optimizer['decayNormalisation'] = !flag();
        break;
      case 'c':
        if (flag()) schedule['type'] = 'cosine';
        break;
      case 'r': {
        const [factor = defaults1.factor, ...milestones] = written.map(readNumber);
        if ([factor, ...milestones].some(Number.isNaN)) throw unreadable();
        schedule['type'] = 'steps';
        schedule['factor'] = factor;
        schedule['milestones'] = written.length === 0 ? [...defaults1.milestones] : milestones;
        break;
      }
      case 'w': {
        const [learningRate, steps] = numbers(2);
        schedule['warmUp'] = { learningRate, steps };
        break;
      }
      case 'u': {
        const [learningRate, untilError] = numbers(2);
        schedule['warmUp'] = { learningRate, untilError };
        break;
      }
      case 'z': {
        const values = numbers(0, 6);
        recipe['normalisation'] =
          values.length === 0 ? 'channel' : { mean: values.slice(0, 3), std: values.slice(3) };
        break;
      }
      case 'q':
        if (flag()) recipe['order'] = 'sequential';
        break;
      case 't':
        [evaluation['every'], evaluation['images']] = numbers(2);
        break;
      case 'x':
        evaluation['atEnd'] = !flag();
        break;
      case 'f':
        if (flag()) pace = 'free';
        break;
      default:
        throw unreadable();
    }
  }
  return { lanes, recipe, pace, seeds };
}

function decodeLane1(text: string, before: readonly { id: string }[]) {
  const match = /^([prb])(\d{1,6})([ABC])?(?:x(\d{1,6}))?(?:@([^~]*))?(?:~(.*))?$/s.exec(text);
  if (!match) throw new LinkError('unreadable', text);
  const [, letter, depthText, shortcut = defaults1.shortcut, widthText, id, name = ''] = match;
  const block = blocks[letter as keyof typeof blocks];
  const depth = Number(depthText);
  const width = widthText === undefined ? defaults1.width : Number(widthText);
  return {
    id: id ?? defaultId({ block, depth }, before),
    name: readName(name),
    model: { block, depth, shortcut, width },
  };
}

function readName(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw new LinkError('unreadable', encoded);
  }
}

/** A number as JavaScript writes it; NaN for anything else, the empty text included. */
const readNumber = (text: string): number => (/^-?\d[\d.]*(e[+-]?\d+)?$/.test(text) ? Number(text) : NaN);
