/** What nets answer to images whose classes are known: which answers, how sure, where they agree, and how often a sure answer is right. */

/** Stands for the answer to an image whose logits are no numbers: there is none, and it is wrong. */
export const NO_ANSWER = 255;

/** One net's answers to some images, in the images' order. */
export interface Answers {
  /** The class with the largest logit, the first of equal ones; {@link NO_ANSWER} where there is none. */
  readonly classes: Uint8Array;
  /** The probability of that class, 0 to 1; NaN where there is no answer. */
  readonly confidences: Float64Array;
}

/** Softmax of one row of logits; NaN throughout where one of them is none, or infinite. */
export function softmax(logits: ArrayLike<number>): Float64Array {
  const row = Float64Array.from(logits);
  // Without the largest taken out first, exp(1000) would be infinite.
  const largest = Math.max(...row);
  const exponentials = row.map((logit) => Math.exp(logit - largest));
  const sum = exponentials.reduce((total, value) => total + value, 0);
  return exponentials.map((value) => value / sum);
}

/** The answers to `logits [n, classes]`, judged as the evaluation judges them (TrainingOps.softmaxCrossEntropy). */
export function answersOf(logits: ArrayLike<number>, classes: number): Answers {
  const images = logits.length / classes;
  const answers = { classes: new Uint8Array(images), confidences: new Float64Array(images) };
  const row = new Float64Array(classes);
  for (let n = 0; n < images; n++) {
    for (let c = 0; c < classes; c++) row[c] = logits[n * classes + c]!;
    const probabilities = softmax(row);
    const answer = row.indexOf(Math.max(...row));
    const confidence = probabilities[answer] ?? NaN;
    answers.classes[n] = Number.isNaN(confidence) ? NO_ANSWER : answer;
    answers.confidences[n] = confidence;
  }
  return answers;
}

/** Share of the images whose answer is not their label, 0 to 1; NaN of none. */
export const errorOf = (labels: Uint8Array, { classes }: Pick<Answers, 'classes'>): number =>
  labels.reduce((wrong, label, n) => wrong + Number(classes[n] !== label), 0) / labels.length;

export interface Confusion {
  /** `[true class][answered class]`: how many images. */
  readonly counts: readonly (readonly number[])[];
  /** By true class: images without an answer. */
  readonly unanswered: readonly number[];
}

export function confusionOf(
  labels: Uint8Array,
  { classes: answers }: Pick<Answers, 'classes'>,
  classes: number,
): Confusion {
  const counts = Array.from({ length: classes }, () => Array<number>(classes).fill(0));
  const unanswered = Array<number>(classes).fill(0);
  labels.forEach((label, n) => {
    const answer = answers[n]!;
    if (answer === NO_ANSWER) unanswered[label]!++;
    else counts[label]![answer]!++;
  });
  return { counts, unanswered };
}

export interface ClassError {
  readonly images: number;
  readonly wrong: number;
  /** 0 to 1; NaN where the class has no images. */
  readonly error: number;
  /** Standard error of that share, binomial: how far it would stray with other images of the class. */
  readonly deviation: number;
}

/** Error of each class. */
export const classErrorsOf = ({ counts, unanswered }: Confusion): readonly ClassError[] =>
  counts.map((row, label) => {
    const images = row.reduce((sum, count) => sum + count, unanswered[label]!);
    const wrong = images - row[label]!;
    const error = wrong / images;
    return { images, wrong, error, deviation: Math.sqrt((error * (1 - error)) / images) };
  });

/** The pair of classes that is taken for another most often: the first of equal ones; null if nothing is. */
export function worstConfusion({
  counts,
}: Confusion): { readonly label: number; readonly answer: number; readonly images: number } | null {
  let worst = null;
  for (const [label, row] of counts.entries())
    for (const [answer, images] of row.entries())
      if (answer !== label && images > (worst?.images ?? 0)) worst = { label, answer, images };
  return worst;
}

/** The nets that are right about each image, as bits: net i is 1 << i. At most eight nets. */
export function rightNets(labels: Uint8Array, nets: readonly Pick<Answers, 'classes'>[]): Uint8Array {
  return labels.map((label, n) =>
    nets.reduce((bits, { classes }, i) => bits | (classes[n] === label ? 1 << i : 0), 0),
  );
}

export interface AgreementSet {
  /** Which nets are right, as bits. */
  readonly right: number;
  readonly images: number;
}

/** How many images each set of nets is right about: sets that occur, the largest first, equal ones by their bits. */
export function agreementOf(right: Uint8Array): readonly AgreementSet[] {
  const counts = new Map<number, number>();
  for (const bits of right) counts.set(bits, (counts.get(bits) ?? 0) + 1);
  return Array.from(counts, ([bits, images]) => ({ right: bits, images })).toSorted(
    (a, b) => b.images - a.images || a.right - b.right,
  );
}

/** The images that are answered wrongly, the surest answer first, equal ones in file order; images without an answer are none of them. */
export function surestMistakes(labels: Uint8Array, { classes, confidences }: Answers): readonly number[] {
  return Array.from(labels.keys())
    .filter((n) => classes[n] !== labels[n] && classes[n] !== NO_ANSWER)
    .toSorted((a, b) => confidences[b]! - confidences[a]! || a - b);
}

/** Bins of the reliability diagram (Guo et al. 2017, equation 3). */
export const CALIBRATION_BINS = 15;

export interface CalibrationBin {
  readonly images: number;
  /** Mean confidence in the bin; NaN without images. */
  readonly confidence: number;
  /** Share of right answers; NaN without images. */
  readonly accuracy: number;
}

export interface Calibration {
  readonly bins: readonly CalibrationBin[];
  /** Expected calibration error, 0 to 1; NaN without answers. */
  readonly ece: number;
  readonly meanConfidence: number;
  readonly accuracy: number;
}

/**
 * Reliability and expected calibration error (Guo et al. 2017, equations 2 and 3): bin m of M holds confidences in ((m - 1) / M, m / M], and
 * ECE = sum over bins of |accuracy - confidence| weighted by their images. Images without an answer have no confidence and are left out.
 */
export function calibrationOf(
  labels: Uint8Array,
  { classes, confidences }: Answers,
  count = CALIBRATION_BINS,
): Calibration {
  const sums = Array.from({ length: count }, () => ({ images: 0, confidence: 0, right: 0 }));
  labels.forEach((label, n) => {
    const confidence = confidences[n]!;
    if (classes[n] === NO_ANSWER) return;
    const sum = sums[Math.min(count, Math.max(1, Math.ceil(confidence * count))) - 1]!;
    sum.images++;
    sum.confidence += confidence;
    sum.right += Number(classes[n] === label);
  });
  const total = (of: (sum: (typeof sums)[number]) => number) => sums.reduce((all, sum) => all + of(sum), 0);
  const images = total((sum) => sum.images);
  return {
    bins: sums.map((sum) => ({
      images: sum.images,
      confidence: sum.confidence / sum.images,
      accuracy: sum.right / sum.images,
    })),
    ece: images === 0 ? NaN : total((sum) => Math.abs(sum.right - sum.confidence)) / images,
    meanConfidence: total((sum) => sum.confidence) / images,
    accuracy: total((sum) => sum.right) / images,
  };
}
