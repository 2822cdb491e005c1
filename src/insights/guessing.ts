/** Nets that have learned nothing. */
import { classNames } from '../model/dataset.ts';
import { MINIMAL_GAP } from './minimalGap.ts';
import type { Moments } from './window.ts';

/** The share of images that a net gets wrong which guesses among all classes. */
export const GUESSING_ERROR = 1 - 1 / classNames.length;

/** The cross-entropy (nats) of a net that gives every class the same share. */
export const GUESSING_LOSS = Math.log(classNames.length);

/** A net whose error lies above has learned little: it is nearer to guessing than to anything that a trained net does. */
export const NEAR_GUESSING = GUESSING_ERROR - 0.1;

/** Whether a mean error cannot be told from guessing: not so much better that it would be worth a sentence, or within its own noise. */
export const isGuessing = ({ mean, standardError }: Moments): boolean =>
  mean >= GUESSING_ERROR - Math.max(MINIMAL_GAP, 2 * standardError);
