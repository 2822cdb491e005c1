import type { WarmUpConfig } from '../../model/config.ts';
import { integer, plainNumber, writtenPercent } from '../ui/format.ts';

/** "rate 0.01 until error 80%", "rate 0.01 for 400 steps". */
export const warmUpText = ({ learningRate, steps, untilError = 0 }: WarmUpConfig): string =>
  `rate ${plainNumber(learningRate)} ${steps === undefined ? `until error ${writtenPercent(untilError)}` : `for ${integer(steps)} ${steps === 1 ? 'step' : 'steps'}`}`;
