import type { LookedAt } from '../../app/inside/view.ts';
import { predictions as words } from './enPredictions.ts';
import type { ChosenSet } from './imageSets.ts';

/** What a set of images is called with these nets. */
export const setName = ({ set, of }: ChosenSet, nets: readonly LookedAt[]): string =>
  words.sets[set](nets[of]?.name ?? '', nets.length);
