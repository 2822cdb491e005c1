import { paperSetting } from '../../../model/paper.ts';

/** What a net gets that guesses: all classes alike. */
export const guessing = {
  error: 1 - 1 / paperSetting.classes,
  loss: Math.log(paperSetting.classes),
} as const;
