/** The predictions as a table, and in a sentence. */
import type { Answered, LookedAt, ViewTable } from '../../app/inside/view.ts';
import { joined } from '../../app/ui/format.ts';
import {
  calibrationOf,
  CALIBRATION_BINS,
  classErrorsOf,
  confusionOf,
  errorOf,
  rightNets,
  worstConfusion,
  type Answers,
} from '../../insights/predictions.ts';
import { classNames, TEST_IMAGES } from '../../model/dataset.ts';
import { predictions as words } from './enPredictions.ts';
import { hasAnswer } from './imageSets.ts';
import type { OwnAnswer, PredictionsAnswer, PredictionsQuestion, TestAnswer } from './predictions.ts';

type Said = Answered<PredictionsQuestion, PredictionsAnswer>;

const nameOf = (label: number | undefined) => (label === undefined ? '' : (classNames[label] ?? ''));
/** A number that is none has an empty cell. */
const cell = (value: number) => (Number.isFinite(value) ? value : null);

const confusionWith = (labels: Uint8Array, own: Answers) => confusionOf(labels, own, classNames.length);

export function tableOf({ nets, question, answer }: Said): ViewTable {
  if (answer.kind === 'own') return ownTable(nets, answer);
  const { labels } = answer;
  const ofEach = <T>(rows: (own: Answers, name: string) => readonly T[]) =>
    answer.nets.flatMap((own, i) => rows(own, nets[i]?.name ?? ''));
  switch (question.part) {
    case 'images':
    case 'own':
      return imagesTable(nets, answer);
    case 'confusion':
      return {
        head: words.heads.confusion,
        rows: ofEach((own, name) => {
          const confusion = confusionWith(labels, own);
          const errors = classErrorsOf(confusion);
          return confusion.counts.flatMap(
            (row, label) =>
            row.map((count, answered) => [name, nameOf(label), nameOf(answered), count, cell(count / (errors[label]?.images ?? 0))]), // prettier-ignore
          );
        }),
      };
    case 'classes':
      return {
        head: words.heads.classes,
        rows: ofEach((own, name) =>
          classErrorsOf(confusionWith(labels, own)).map(({ images, wrong, error, deviation }, label) => [
            name,
            nameOf(label),
            images,
            wrong,
            cell(error),
            cell(deviation),
          ]),
        ),
      };
    case 'calibration':
      return {
        head: words.heads.calibration,
        rows: ofEach((own, name) =>
          calibrationOf(labels, own).bins.map(({ images, confidence, accuracy }, bin) => [
            name,
            words.bin(bin / CALIBRATION_BINS, (bin + 1) / CALIBRATION_BINS),
            images,
            cell(confidence),
            cell(accuracy),
          ]),
        ),
      };
  }
}

const imagesTable = (nets: readonly LookedAt[], { labels, nets: answers }: TestAnswer): ViewTable => ({
  head: [
    ...words.heads.images,
    ...nets.flatMap(({ name }) => [words.heads.answer(name), words.heads.confidence(name)]),
  ],
  rows: Array.from(labels, (label, n) => [
    n,
    nameOf(label),
    ...answers.flatMap(({ classes, confidences }) => [
      hasAnswer(classes[n]) ? nameOf(classes[n]) : words.noAnswer,
      cell(confidences[n] ?? NaN),
    ]),
  ]),
});

const ownTable = (nets: readonly LookedAt[], answer: OwnAnswer): ViewTable => ({
  head: words.heads.own,
  rows: answer.nets.flatMap((probabilities, i) =>
    Array.from(probabilities, (probability, c) => [nets[i]?.name ?? '', nameOf(c), cell(probability)]),
  ),
});

export function summaryOf({ nets, question, answer }: Said): string {
  const { summaries } = words;
  const named = <T extends object>(values: readonly T[]) =>
    values.map((value, i) => ({ name: nets[i]?.name ?? '', ...value }));
  if (answer.kind === 'own') {
    return summaries.own(
      named(
        answer.nets.map((probabilities) => {
          const probability = Math.max(...probabilities);
          const answered = probabilities.indexOf(probability);
          return answered < 0
            ? { answer: words.noAnswer, probability: null }
            : { answer: nameOf(answered), probability };
        }),
      ),
    );
  }
  const { labels } = answer;
  const errors = summaries.errors(
    labels.length,
    labels.length === TEST_IMAGES,
    named(answer.nets.map((own) => ({ error: errorOf(labels, own) }))),
  );
  return joined(' ', errors, more(nets, question, answer));
}

/** What is to be said beside the errors. */
function more(nets: readonly LookedAt[], { part }: PredictionsQuestion, answer: TestAnswer): string | null {
  const { summaries } = words;
  const { labels } = answer;
  const name = (i: number) => nets[i]?.name ?? '';
  switch (part) {
    case 'images':
    case 'own': {
      if (nets.length < 2) return null;
      const right = rightNets(labels, answer.nets);
      const count = (bits: number) => right.reduce((sum, own) => sum + Number(own === bits), 0);
      return summaries.agreement(
        count((1 << nets.length) - 1),
        count(0),
        nets.map((net, i) => ({ name: net.name, images: count(1 << i) })),
      );
    }
    case 'confusion':
      return summaries.confusion(
        answer.nets.flatMap((own, i) => {
          const worst = worstConfusion(confusionWith(labels, own));
          if (!worst) return [];
          const { label, answer: answered, images } = worst;
          return { name: name(i), label: nameOf(label), answer: nameOf(answered), images };
        }),
      );
    case 'classes':
      return summaries.classes(
        answer.nets.map((own, i) => {
          const order = Array.from(classErrorsOf(confusionWith(labels, own)).entries())
            .filter(([, { images }]) => images > 0)
            .toSorted(([, a], [, b]) => a.error - b.error);
          return { name: name(i), best: nameOf(order[0]?.[0]), worst: nameOf(order.at(-1)?.[0]) };
        }),
      );
    case 'calibration':
      return summaries.calibration(
        answer.nets.map((own, i) => {
          const { ece, meanConfidence, accuracy } = calibrationOf(labels, own);
          return { name: name(i), ece: cell(ece), isOversure: meanConfidence > accuracy };
        }),
      );
  }
}
