/** Which of the answered images are looked at together. */
import {
  confusionOf,
  NO_ANSWER,
  rightNets,
  surestMistakes,
  worstConfusion,
  type Answers,
} from '../../insights/predictions.ts';

/** `differ`: some nets are right, others not. `onlyRight`, `onlyWrong`, `mistakes`: of one net. */
export const imageSets = ['differ', 'right', 'wrong', 'onlyRight', 'onlyWrong', 'mistakes'] as const;
export type ImageSet = (typeof imageSets)[number];

export interface ChosenSet {
  readonly set: ImageSet;
  /** The net's place; 0 where the set is not one net's. */
  readonly of: number;
}

/** Pictures that are shown of a set at most. */
export const MOST_SHOWN = 30;

/** The sets that there are with so many nets, in the order in which they are offered. */
export function setsOf(nets: number): readonly ChosenSet[] {
  const ofEach = (set: ImageSet) => Array.from({ length: nets }, (_, of) => ({ set, of }));
  const one = (set: ImageSet) => ({ set, of: 0 });
  return [
    ...(nets > 1 ? [one('differ'), ...ofEach('onlyRight')] : []),
    // Of two nets, only one wrong is only the other one right.
    ...(nets > 2 ? ofEach('onlyWrong') : []),
    ...ofEach('mistakes'),
    one('wrong'),
    one('right'),
  ];
}

/** The one that is asked for, or the first where there is none such with these nets. */
export const setAmong = (asked: ChosenSet, nets: number): ChosenSet => {
  const sets = setsOf(nets);
  return sets.find(({ set, of }) => set === asked.set && of === asked.of) ?? sets[0]!;
};

/** The numbers of a set's images: in file order, mistakes the surest first. */
export function imagesOfSet(
  { set, of }: ChosenSet,
  labels: Uint8Array,
  nets: readonly Answers[],
): readonly number[] {
  if (set === 'mistakes') return surestMistakes(labels, nets[of]!);
  const all = (1 << nets.length) - 1;
  const own = 1 << of;
  const belongs: Readonly<Record<Exclude<ImageSet, 'mistakes'>, (right: number) => boolean>> = {
    differ: (right) => right !== 0 && right !== all,
    right: (right) => right === all,
    wrong: (right) => right === 0,
    onlyRight: (right) => right === own,
    onlyWrong: (right) => right === all - own,
  };
  const right = rightNets(labels, nets);
  return Array.from(labels.keys()).filter((n) => belongs[set](right[n]!));
}

/** The images of one class that are taken for another, in file order. */
export const imagesOfConfusion = (
  { label, answer }: { readonly label: number; readonly answer: number },
  labels: Uint8Array,
  { classes }: Answers,
): readonly number[] => Array.from(labels.keys()).filter((n) => labels[n] === label && classes[n] === answer);

/** Pictures that are shown of a net's most frequent confusion, at most. */
const MOST_CONFUSED = 8;

/**
 * The images whose pictures are wanted whatever is looked at: the first of each set, of each net's most frequent confusion, and one of each
 * class; ascending.
 */
export function imagesToShow(labels: Uint8Array, nets: readonly Answers[], classes: number): Uint32Array {
  const numbers = new Set<number>();
  for (const set of setsOf(nets.length))
    for (const n of imagesOfSet(set, labels, nets).slice(0, MOST_SHOWN)) numbers.add(n);
  for (const own of nets) {
    const worst = worstConfusion(confusionOf(labels, own, classes));
    const confused = worst ? imagesOfConfusion(worst, labels, own) : [];
    for (const n of confused.slice(0, MOST_CONFUSED)) numbers.add(n);
  }
  for (let c = 0; c < classes; c++) {
    const first = labels.indexOf(c);
    if (first >= 0) numbers.add(first);
  }
  return Uint32Array.from(numbers).toSorted();
}

export const hasAnswer = (answer: number | undefined): answer is number =>
  answer !== undefined && answer !== NO_ANSWER;
