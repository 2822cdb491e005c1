import { expect, test } from 'vitest';
import { softmaxCrossEntropy } from '../kernels/reference/crossEntropy.ts';
import { over } from '../kernels/reference/tensor.ts';
import { createRandom } from '../model/random.ts';
import {
  agreementOf,
  answersOf,
  calibrationOf,
  classErrorsOf,
  confusionOf,
  errorOf,
  NO_ANSWER,
  rightNets,
  softmax,
  surestMistakes,
  worstConfusion,
} from './predictions.ts';

const CLASSES = 10;

/** Logits of noise, the label's a little higher; some of them equal, some no numbers. */
function someLogits(images: number, seed: number) {
  const random = createRandom(seed);
  const labels = Uint8Array.from({ length: images }, () => random.integer(CLASSES));
  const logits = Float64Array.from(
    { length: images * CLASSES },
    (_, i) => 2 * random.normal() + Number(i % CLASSES === labels[Math.floor(i / CLASSES)]),
  );
  logits.fill(0.5, 0, CLASSES);
  logits[CLASSES] = NaN;
  logits[2 * CLASSES + 3] = Infinity;
  logits[3 * CLASSES + 4] = -Infinity;
  return { labels, logits };
}

test('softmax sums to one, whatever is added, and large logits stay numbers', () => {
  const [a = NaN, b = NaN] = softmax([Math.log(3), 0]);
  expect(a).toBeCloseTo(0.75, 12);
  expect(b).toBeCloseTo(0.25, 12);
  expect(Array.from(softmax([1000, 1000, -1000]))).toEqual([0.5, 0.5, 0]);
  expect(softmax([1, NaN]).every(Number.isNaN)).toBe(true);
});

test('the error is the evaluation\u2019s, with ties and with logits that are no numbers', () => {
  for (const seed of [1, 2, 3]) {
    const { labels, logits } = someLogits(200, seed);
    const { metrics } = softmaxCrossEntropy(over(logits, [200, CLASSES]), labels);
    expect(errorOf(labels, answersOf(logits, CLASSES))).toBeCloseTo(metrics.data[1]!, 12);
  }
});

test('the first of equal largest logits is the answer; what is no number is none', () => {
  const { classes, confidences } = answersOf([0, 2, 2, NaN, 1, 1, -1, -Infinity, -1], 3);
  expect(Array.from(classes)).toEqual([1, NO_ANSWER, 0]);
  expect(confidences[0]).toBeCloseTo(1 / (2 + Math.exp(-2)), 12);
  expect(confidences[1]).toBeNaN();
  expect(confidences[2]).toBe(0.5);
});

test('a confusion matrix sums to the images of each class, and its diagonal to the right answers', () => {
  const { labels, logits } = someLogits(500, 4);
  const answers = answersOf(logits, CLASSES);
  const confusion = confusionOf(labels, answers, CLASSES);
  const { counts, unanswered } = confusion;
  for (let c = 0; c < CLASSES; c++) {
    const ofClass = labels.filter((label) => label === c).length;
    expect(counts[c]!.reduce((sum, count) => sum + count, unanswered[c]!)).toBe(ofClass);
    const answered = answers.classes.filter((answer) => answer === c).length;
    expect(counts.reduce((sum, row) => sum + row[c]!, 0)).toBe(answered);
  }
  expect(unanswered.reduce((sum, count) => sum + count)).toBe(2);
  const diagonal = counts.reduce((sum, row, c) => sum + row[c]!, 0);
  expect(1 - diagonal / 500).toBeCloseTo(errorOf(labels, answers), 12);
  const errors = classErrorsOf(confusion);
  const wrong = errors.reduce((sum, one) => sum + one.wrong, 0);
  expect(wrong / 500).toBeCloseTo(errorOf(labels, answers), 12);
  expect(errors.reduce((sum, { images }) => sum + images, 0)).toBe(500);
});

test('the error of a class and its standard error are those of its images', () => {
  const labels = Uint8Array.of(0, 0, 0, 0, 1);
  const classes = Uint8Array.of(0, 1, 2, 0, 1);
  const [zero, one, two] = classErrorsOf(confusionOf(labels, { classes }, 3));
  expect(zero).toEqual({ images: 4, wrong: 2, error: 0.5, deviation: 0.25 });
  expect(one).toEqual({ images: 1, wrong: 0, error: 0, deviation: 0 });
  expect(two!.error).toBeNaN();
});

test('the worst confusion is the most frequent one, the first of equal ones', () => {
  const counts = [[5, 2, 0], [3, 1, 3], [0, 0, 9]]; // prettier-ignore
  expect(worstConfusion({ counts, unanswered: [0, 0, 0] })).toEqual({ label: 1, answer: 0, images: 3 });
  expect(worstConfusion({ counts: [[4]], unanswered: [7] })).toBeNull();
});

test('sets of nets that are right hold every image once', () => {
  const labels = Uint8Array.of(0, 1, 2, 3, 4, 5);
  const a = { classes: Uint8Array.of(0, 1, 2, 0, 0, 0) };
  const b = { classes: Uint8Array.of(0, 1, 0, 3, 9, NO_ANSWER) };
  const right = rightNets(labels, [a, b]);
  expect(Array.from(right)).toEqual([3, 3, 1, 2, 0, 0]);
  expect(agreementOf(right)).toEqual([
    { right: 0, images: 2 },
    { right: 3, images: 2 },
    { right: 1, images: 1 },
    { right: 2, images: 1 },
  ]);
});

test('mistakes come the surest first, equal ones in file order, and what has no answer is none', () => {
  const labels = Uint8Array.of(0, 0, 0, 0, 0);
  const answers = {
    classes: Uint8Array.of(1, 0, 2, 3, NO_ANSWER),
    confidences: Float64Array.of(0.6, 0.99, 0.8, 0.6, NaN),
  };
  expect(surestMistakes(labels, answers)).toEqual([2, 0, 3]);
});

test('expected calibration error of a case computed by hand', () => {
  // Two bins of five: (0.2, 0.4] holds 0.3 and 0.4, (0.8, 1] holds 0.9, 0.9, 1 and 1; the edge 0.4 is the lower bin's.
  const labels = Uint8Array.of(1, 1, 1, 1, 1, 1, 1);
  const answers = {
    classes: Uint8Array.of(1, 0, 1, 0, 1, 1, NO_ANSWER),
    confidences: Float64Array.of(0.3, 0.4, 0.9, 0.9, 1, 1, NaN),
  };
  const { bins, ece, accuracy, meanConfidence } = calibrationOf(labels, answers, 5);
  expect(bins.map(({ images }) => images)).toEqual([0, 2, 0, 0, 4]);
  expect(bins[1]!.confidence).toBeCloseTo(0.35, 12);
  expect(bins[1]!.accuracy).toBe(0.5);
  expect(bins[4]!.accuracy).toBe(0.75);
  // 2/6 |0.5 - 0.35| + 4/6 |0.75 - 0.95| = 0.05 + 0.13333
  expect(ece).toBeCloseTo(0.05 + 2 / 15, 12);
  expect(accuracy).toBeCloseTo(4 / 6, 12);
  expect(meanConfidence).toBeCloseTo(4.5 / 6, 12);
});

test('a net that is as often right as it is sure has no calibration error, one without answers has none to tell', () => {
  const sure = { classes: Uint8Array.of(1, 1), confidences: Float64Array.of(1, 1) };
  expect(calibrationOf(Uint8Array.of(1, 1), sure).ece).toBe(0);
  expect(calibrationOf(Uint8Array.of(1, 1), sure).bins.at(-1)!.images).toBe(2);
  const none = { classes: Uint8Array.of(NO_ANSWER), confidences: Float64Array.of(NaN) };
  expect(calibrationOf(Uint8Array.of(1), none).ece).toBeNaN();
});
