/** Optimisers and numbers as a link of version 1 writes them (link.ts). */
import type { OptimizerConfig } from './config.ts';
import { optimizerCodes } from './recipeSettings.ts';

const optimizers = { s: 'sgd', a: 'adam', r: 'rmsprop' } as const;

const isOptimizer = (letter = ''): letter is keyof typeof optimizers => Object.hasOwn(optimizers, letter);

/** `!` and its letter, rate, momentum and weight decay, `k` if that spares batch norm. */
export const encodeOptimizer1 = ({
  type,
  learningRate,
  momentum,
  weightDecay,
  decayNormalisation,
}: OptimizerConfig) =>
  `!${optimizerCodes[type]}${learningRate}_${momentum}_${weightDecay}${decayNormalisation ? '' : 'k'}`;

/** Null for what is none. */
export function decodeOptimizer1(text: string) {
  const [, letter, values = '', spares] = /^([sar])([^k]*)(k)?$/.exec(text) ?? [];
  const [learningRate = NaN, momentum = NaN, weightDecay = NaN, ...more] = values.split('_').map(readNumber);
  const isWrong = [learningRate, momentum, weightDecay].some(Number.isNaN) || more.length > 0;
  if (isWrong || !isOptimizer(letter)) return null;
  const decayNormalisation = spares === undefined;
  return { type: optimizers[letter], learningRate, momentum, weightDecay, decayNormalisation };
}

/** A number as JavaScript writes it, 0 for -0; NaN for anything else, the empty text included. */
export const readNumber = (text: string): number =>
  /^-?\d[\d.]*(e[+-]?\d+)?$/.test(text) ? Number(text) + 0 : NaN;
