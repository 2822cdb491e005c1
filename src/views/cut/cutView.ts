import { defineView } from '../../app/inside/defineView.tsx';
import type { LookedAt } from '../../app/inside/view.ts';
import { gradientShares, pathShares } from '../../insights/paths.ts';
import {
  askedOf,
  cutAnswer,
  cutQuestion,
  IMAGES,
  type CutNet,
  type CutQuestion,
  type PathsOfNet,
} from './cut.ts';
import { CutDrawing } from './CutDrawing.tsx';
import { CutSettings } from './CutSettings.tsx';
import { cut as words } from './enCut.ts';
import { netBlocks } from './nets.ts';
import { imagesFor, passesOf } from './pathsPlan.ts';
import { multiplyAddsOf, planOf } from './plan.ts';
import { summaryOf } from './summary.ts';

/** Multiply-adds that are computed without a question: about a second of one thread. */
const AT_ONCE = 4e9;
/** Of a training step: images, and its passes' worth of arithmetic. */
const STEP = 128 * 3;

export const cutView = defineView({
  id: 'cut',
  words: words.words,
  question: cutQuestion,
  answer: cutAnswer,
  initial: { study: 'each', again: true, most: 5, pressed: [] },
  asks: askedOf,
  Settings: CutSettings,
  cost,
  isLive: false,
  Drawing: CutDrawing,
  table: ({ nets, question, answer }) => ({
    head: words.head[question.study],
    rows: nets.flatMap((net, i) =>
      answer.kind === 'paths' ? pathRows(net, answer.nets[i] ?? null) : rowsOf(net, answer.nets[i], question),
    ),
  }),
  summary: summaryOf,
});

function cost(question: CutQuestion, nets: readonly LookedAt[]): string | null {
  const asked = askedOf(question);
  if (asked.study === 'paths') return costOfPaths(nets);
  // With statistics estimated again, the same comes twice more.
  const passes = 'again' in asked && asked.again ? 3 : 1;
  const [work, step] = nets.reduce(
    ([sum, steps], { model }, i) => {
      const { graph } = netBlocks(model);
      const plan = planOf(graph, asked, i);
      return [sum + IMAGES * passes * multiplyAddsOf(graph, plan), steps + STEP * multiplyAddsOf(graph, [])];
    },
    [0, 0],
  );
  return work < AT_ONCE ? null : words.cost(Math.max(1, work / step));
}

function costOfPaths(nets: readonly LookedAt[]): string | null {
  const graphs = nets.map(({ model }) => netBlocks(model).graph);
  const images = imagesFor(graphs);
  const work = graphs.reduce((sum, graph) => sum + images * passesOf(graph) * multiplyAddsOf(graph, []), 0);
  const step = graphs.reduce((sum, graph) => sum + STEP * multiplyAddsOf(graph, []), 0);
  return work < AT_ONCE ? null : words.pathsCost(Math.max(1, work / step));
}

function pathRows({ name }: LookedAt, own: PathsOfNet | null) {
  // All of a plain net's gradient comes by its one path; its norm is not measured.
  if (!own) return [[name, null, 1, 1, 0, null, 1]];
  const { blocks, lengths } = own;
  const [all, shares] = [pathShares(blocks), gradientShares(blocks, lengths)];
  const cell = (value: number | undefined) => (value !== undefined && Number.isFinite(value) ? value : null);
  return all.map((share, length) => {
    const measured = lengths.find((one) => one.length === length);
    return [
      name,
      length,
      cell(Math.round(share * 2 ** blocks)),
      share,
      measured?.paths ?? 0,
      cell(measured?.gradient),
      cell(shares[length]),
    ];
  });
}

function rowsOf(net: LookedAt, own: CutNet | undefined, { study }: CutQuestion) {
  if (!own) return [];
  const { blocks } = netBlocks(net.model);
  const nameOf = (at: number) => {
    const block = blocks[at];
    return study === 'each' && block ? words.block(block.stage, block.block) : at;
  };
  const whole = study === 'swap' || study === 'dial' ? 1 : words.none;
  return [
    [net.name, whole, own.error, own.again],
    ...own.edits.map(({ at, error, again }) => [net.name, nameOf(at), error, again]),
  ];
}
