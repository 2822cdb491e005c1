import { charts as words } from '../enCharts.ts';
import { paperSetting } from '../../../model/paper.ts';
import type { Reference } from './reference.ts';
import type { Quantity } from '../curves/curve.ts';

/** What a net gets that guesses: all classes alike. */
export const guessing = {
  error: 1 - 1 / paperSetting.classes,
  loss: Math.log(paperSetting.classes),
} as const;

const lineAt = (value: number): readonly Reference[] => [
  { id: 'guessing', name: words.guessing, value, stretches: false, style: null },
];

export const guessReferences: Readonly<Record<Quantity, readonly Reference[]>> = {
  error: lineAt(guessing.error),
  loss: lineAt(guessing.loss),
  gap: [],
  speed: [],
  rate: [],
};
