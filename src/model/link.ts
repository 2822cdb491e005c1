/**
 * An experiment as the end of an address: `e=1p20x8,p56x8;n300;b64`. The digit after `e=` is the version of the
 * encoding; a version once given out is read for ever, so its defaults stand here and in `absent` of
 * recipeSettings.ts, not in the schema.
 *
 * Version 1: lanes, then parts of the recipe that are not the default, separated by `;`. A lane is its block (p, r, b), its
 * depth, the shortcut if it is not A, `x` and the filters if they are not 16, `!` and its own optimiser if it has one (its letter,
 * rate, momentum and weight decay, `k` if that spares batch norm), `*` and its own warm-up if it has one (as the recipe's part), `:` and the number of the lane that it goes on from, its step and what is
 * changed there if it does (linkLane.ts), `@` and its id where that does not follow from the
 * net, `~` and its name. A part is a letter and its values, joined by `_`.
 */
import { cut } from './boundedText.ts';
import { ConfigError, MOST_LANES, parseExperiment, type ExperimentConfig } from './config.ts';
import { LinkError, unreadable } from './linkError.ts';
import { decodeLane1, encodeLane1 } from './linkLane.ts';
import { readNumber } from './linkOptimizer.ts';
import { decodeSettings1, encodeSettings1 } from './linkSettings.ts';
import { decodeWarmUp1, encodeWarmUp1 } from './linkWarmUp.ts';
import { MOST_LINK, readingsOf } from './linkText.ts';
import { rowOf, type SettingName, type SettingValue } from './recipeSettings.ts';
import { inPlaces, ofEachSetting, settingsOf } from './settingValues.ts';

/** The end of the address, without `#`. */
export const encodeExperiment = (experiment: ExperimentConfig): string => `e=1${encode1(experiment)}`;

/**
 * The experiment of the end of an address, with or without `#`, also where other programs have encoded it or written behind
 * it. Throws {@link LinkError}.
 */
export const decodeExperiment = (hash: string): ExperimentConfig => decodeLink(hash).experiment;

export interface Link {
  readonly experiment: ExperimentConfig;
  /** A view into its nets, as decodeView of linkView.ts reads it; null where the link names none. */
  readonly view: string | null;
}

/** As {@link decodeExperiment}, with what else the link names. */
export function decodeLink(hash: string): Link {
  if (hash.length > MOST_LINK) throw new LinkError('tooLong', String(hash.length));
  const errors: LinkError[] = [];
  for (const reading of readingsOf(hash)) {
    try {
      return { experiment: decodeReading(reading.experiment), view: reading.view };
    } catch (error) {
      if (!(error instanceof LinkError)) throw error;
      errors.push(error);
    }
  }
  // What could be read as an experiment, but is not sound, says more than what could not.
  throw errors.find(({ kind }) => kind !== 'unreadable') ?? errors[0] ?? unreadable(hash);
}

function decodeReading(reading: string): ExperimentConfig {
  const [, version = '', text = ''] = /^e=(\d*)(.*)$/s.exec(reading) ?? [];
  // Lanes of version 1 begin with a letter, so the digits before them are the version.
  const decoder = decoders.get(version);
  if (!decoder && version !== '') throw new LinkError('version', cut(version, 20));
  if (!decoder) throw unreadable(reading);
  try {
    return parseExperiment(decoder(text));
  } catch (error) {
    if (error instanceof ConfigError) throw new LinkError('refused', error.message);
    throw error;
  }
}

const decoders: ReadonlyMap<string, (text: string) => unknown> = new Map([['1', decode1]]);

const defaults1 = { milestones: [32_000, 48_000], factor: 0.1 } as const;

/** In which order the parts are written, so that an experiment's link stays the same text. What is not here comes after it. */
const ORDER1 = 'nembsgaolvdkcrwuzqtxf';

function encode1(experiment: ExperimentConfig): string {
  const { lanes, recipe, pace } = experiment;
  const parts = encodeSettings1(settingsOf(experiment));
  const put = (letter: string, ...values: readonly (string | number)[]) => {
    parts.set(letter, letter + values.join('_'));
  };
  const { schedule, normalisation } = recipe;
  if (recipe.steps !== undefined) put('n', recipe.steps);
  if (recipe.epochs !== undefined) put('e', recipe.epochs);
  if (recipe.minutes !== undefined) put('m', recipe.minutes);
  if (schedule.type === 'cosine') put('c');
  if (schedule.type === 'steps') {
    const { milestones, factor } = schedule;
    const isPaper = String(milestones) === String(defaults1.milestones) && factor === defaults1.factor;
    put('r', ...(isPaper ? [] : [factor, ...milestones]));
  }
  if (schedule.warmUp) put(...encodeWarmUp1(schedule.warmUp));
  if (normalisation === 'channel') put('z');
  if (typeof normalisation === 'object') put('z', ...normalisation.mean, ...normalisation.std);
  if (pace === 'free') put('f');
  const rank = (letter: string) => (ORDER1.includes(letter) ? ORDER1.indexOf(letter) : ORDER1.length);
  const inOrder = [...parts].sort(([a], [b]) => rank(a) - rank(b)).map(([, part]) => part);
  return [lanes.map((lane, i) => encodeLane1(lane, lanes.slice(0, i))).join(','), ...inOrder].join(';');
}

function decode1(text: string): unknown {
  const [laneText = '', ...parts] = text.split(';');
  const lanes: { id: string; name: string; model: unknown }[] = [];
  const laneTexts = laneText.split(',', MOST_LANES + 1);
  if (laneTexts.length > MOST_LANES) {
    throw new LinkError('refused', `an experiment has at most ${MOST_LANES} lanes`);
  }
  for (const lane of laneTexts) lanes.push(decodeLane1(lane, lanes));

  const settings = new Map<SettingName, SettingValue>();
  const schedule: Record<string, unknown> = { type: 'constant' };
  const recipe: Record<string, unknown> = { schedule, normalisation: 'per-pixel-mean' };
  let pace = 'lockstep';

  const seen = new Set<string>();
  for (const part of parts) {
    const letter = part.charAt(0);
    const written = part.length > 1 ? part.slice(1).split('_') : [];
    if (seen.has(letter)) throw unreadable(part);
    seen.add(letter);
    const numbers = (...counts: readonly number[]): number[] => {
      const values = written.map(readNumber);
      if (!counts.includes(values.length) || values.some(Number.isNaN)) throw unreadable(part);
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
      case 'c':
        if (flag()) schedule['type'] = 'cosine';
        break;
      case 'r': {
        const [factor = defaults1.factor, ...milestones] = written.map(readNumber);
        if ([factor, ...milestones].some(Number.isNaN)) throw unreadable(part);
        schedule['type'] = 'steps';
        schedule['factor'] = factor;
        schedule['milestones'] = written.length === 0 ? [...defaults1.milestones] : milestones;
        break;
      }
      case 'w':
      case 'u':
        schedule['warmUp'] = decodeWarmUp1(letter, written);
        if (schedule['warmUp'] === null) throw unreadable(part);
        break;
      case 'z': {
        const values = numbers(0, 6);
        recipe['normalisation'] =
          values.length === 0 ? 'channel' : { mean: values.slice(0, 3), std: values.slice(3) };
        break;
      }
      case 'f':
        if (flag()) pace = 'free';
        break;
      default: {
        const decoded = decodeSettings1(letter, written);
        if (!decoded) throw unreadable(part);
        for (const [name, value] of decoded) settings.set(name, value);
      }
    }
  }
  const places = inPlaces(ofEachSetting((name) => settings.get(name) ?? rowOf(name).link.absent));
  const { optimizer, evaluation } = places;
  return {
    ...places.experiment,
    lanes,
    recipe: { ...recipe, ...places.recipe, optimizer, evaluation },
    pace,
  };
}
