/** The words of weights that are not there any more. */
export const lostWeights =
  'Only nets of the experiment on the stage keep their weights; those of this one are gone. Its curves are kept.';
