import { AT_ONCE } from '../../app/inside/atOnce.ts';
import { defineView } from '../../app/inside/defineView.tsx';
import { timeOf } from '../../app/inside/timeOf.ts';
import type { Answered, LookedAt, ViewTable } from '../../app/inside/view.ts';
import { evenly, refinementOrder } from '../../insights/landscape.ts';
import { sizeOf } from '../../model/sizes.ts';
import { GUESSING_LOSS } from '../../insights/guessing.ts';
import { landscape as words } from './enLandscape.ts';
import {
  asksOf,
  landscapeAnswer,
  landscapeQuestion,
  type Field,
  type FieldsAnswer,
  type LandscapeAnswer,
  type LandscapeQuestion,
} from './landscape.ts';
import { LandscapeDrawing } from './LandscapeDrawing.tsx';
import { LandscapeSettings } from './LandscapeSettings.tsx';
import { linesOf } from './linesOf.ts';
import { canGoBetween, furtherSteps, momentSteps } from './netsOfQuestion.ts';

export const landscapeView = defineView({
  id: 'landscape',
  words: words.words,
  question: landscapeQuestion,
  answer: landscapeAnswer,
  initial: {
    kind: 'plane',
    draw: 'contour',
    turn: 30,
    grid: 25,
    images: 256,
    radius: 1,
    seed: 1,
    step: null,
  },
  asks: asksOf,
  further: furtherSteps,
  Settings: LandscapeSettings,
  cost,
  isLive: false,
  Drawing: LandscapeDrawing,
  table,
  summary({ nets, question, answer }) {
    if (answer.kind === 'line') {
      const lines = linesOf(nets, answer).map(({ line: { losses, again }, from, to }) => ({
        from,
        to: to.name,
        ends: [losses[0] ?? NaN, losses.at(-1) ?? NaN] as const,
        top: Math.max(...losses),
        topAgain: Math.max(...again.losses),
      }));
      return words.lineSummary(lines, answer.images);
    }
    const { grid, images, known } = answer;
    const settings =
      question.kind === 'path'
        ? words.pathSettings(grid, images)
        : words.planeSettings(grid, images, question.radius, question.seed);
    const text = words.fieldSummary(factsOf(nets, answer), settings);
    return known < grid * grid ? text + words.partly(known, grid * grid) : text;
  },
});

/** What stands in the way of the question is said in place of what it costs. */
function cost(question: LandscapeQuestion, nets: readonly LookedAt[]): string | null {
  const { kind, grid, images, step } = question;
  if (kind === 'path') {
    const short = nets.filter((net) => momentSteps(net).length < 2);
    if (short.length > 0) return words.noPath(short.map(({ name }) => name));
  }
  const [first] = nets;
  if (
    kind === 'line' &&
    (step === null ? !canGoBetween(nets) : !first || !momentSteps(first).includes(step))
  ) {
    return words.noLine;
  }
  // A line's points take two passes and one to estimate the statistics; only the first net is passed through.
  const [points, passed] = kind === 'line' ? [3 * grid, nets.slice(0, 1)] : [grid * grid, nets];
  const works = passed.map(({ model }) => points * images * sizeOf(model).multiplyAdds);
  const work = works.reduce((sum, one) => sum + one, 0);
  if (work < AT_ONCE) return null;
  // A line's statistics are estimated by the kernels of training.
  const rates = passed.map(({ rate, joinedRate }) => ({
    rate: kind === 'line' ? rate : (joinedRate ?? rate),
  }));
  return words.cost(points, images, passed.length, work, timeOf(rates, works));
}

function factsOf(nets: readonly LookedAt[], { fields, grid, known }: FieldsAnswer) {
  const order = refinementOrder(grid).slice(0, known);
  return fields.map((field, i) => {
    const losses = order.map((at) => field.losses[at] ?? NaN);
    return {
      name: nets[i]?.name ?? '',
      centre: field.centre.loss,
      least: Math.min(...losses),
      greatest: Math.max(...losses),
      near: losses.filter((loss) => loss < GUESSING_LOSS).length / losses.length,
    };
  });
}

function table({ nets, answer }: Answered<LandscapeQuestion, LandscapeAnswer>): ViewTable {
  if (answer.kind === 'line') {
    return {
      head: words.lineHead,
      rows: linesOf(nets, answer).flatMap(({ line: { losses, errors, again }, from, to }) =>
        losses.map((loss, i) => [
          from,
          to.name,
          ...[answer.at[i], loss, errors[i], again.losses[i], again.errors[i]].map((n) => n ?? null),
        ]),
      ),
    };
  }
  return {
    head: words.fieldHead,
    rows: answer.fields.flatMap((field, i) => rowsOf(nets[i]?.name ?? '', field, answer)),
  };
}

function rowsOf(name: string, field: Field, { grid, known }: FieldsAnswer): ViewTable['rows'] {
  const [xs, ys] = [evenly(...field.x, grid), evenly(...field.y, grid)];
  const path = (field.path?.points ?? []).map(({ step, x, y, loss, error }) => [name, words.pathPoint(step), x, y, loss, error]); // prettier-ignore
  const points = refinementOrder(grid)
    .slice(0, known)
    .sort((a, b) => a - b)
    .map((at) => [
      name,
      words.point,
      xs[at % grid] ?? null,
      ys[Math.floor(at / grid)] ?? null,
      field.losses[at] ?? null,
      field.errors[at] ?? null,
    ]);
  return [...path, ...points];
}
