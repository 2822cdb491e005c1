import { AT_ONCE } from '../../app/inside/atOnce.ts';
import { defineView } from '../../app/inside/defineView.tsx';
import type { Answered } from '../../app/inside/view.ts';
import { joined } from '../../app/ui/format.ts';
import { sizeOf } from '../../model/sizes.ts';
import { blocksAnswer, blocksQuestion, MOST_PROBED, PUSHED, testImages, type BlocksAnswer, type BlocksQuestion } from './blocks.ts'; // prettier-ignore
import { BlocksDrawing } from './BlocksDrawing.tsx';
import { BlocksSettings } from './BlocksSettings.tsx';
import { blocks as words } from './enBlocks.ts';
import { netStops } from './netStops.ts';

/** Images of a training step, and its passes' worth of arithmetic. */
const STEP = 128 * 3;

type Drawn = Answered<BlocksQuestion, BlocksAnswer>;

export const blocksView = defineView({
  id: 'blocks',
  words: words.words,
  question: blocksQuestion,
  answer: blocksAnswer,
  initial: { images: 5_000 },
  Settings: BlocksSettings,
  cost({ images }, nets) {
    // An image that is pushed goes there and back.
    const passed = images + testImages[images] + 2 * PUSHED;
    const work = nets.reduce((sum, { model }) => sum + passed * sizeOf(model).multiplyAdds, 0);
    return work <= AT_ONCE ? null : words.cost(images, testImages[images], passed / STEP, nets.length);
  },
  isLive: false,
  Drawing: BlocksDrawing,
  table: ({ nets, answer }) => ({
    head: words.head,
    rows: nets.flatMap(({ name, model }, i) =>
      netStops(model).map(({ block, channels, canExit, hasBasis }, s) => {
        const stop = answer.nets[i]?.stops[s];
        const push = s > 0 ? answer.nets[i]?.pushes[s - 1] : null;
        return [
          name,
          block ? words.block(block.stage, block.block + 1) : words.start,
          channels,
          cell(stop?.probe),
          cell(stop?.exit),
          canExit ? (hasBasis ? words.yes : words.no) : null,
          cell(stop?.probeMoved),
          cell(stop?.exitMoved),
          cell(push?.cosine),
          cell(push?.size),
        ];
      }),
    ),
  }),
  summary(drawn) {
    const nets = halves(drawn);
    const without = nets.filter(({ exit, hasBasis }) => exit !== null && !hasBasis).map(({ name }) => name);
    const unprobed = drawn.nets
      .filter(({ model }) => netStops(model).some(({ channels }) => channels > MOST_PROBED))
      .map(({ name }) => name);
    return joined(
      '',
      words.summary(drawn.answer.judged, nets),
      without.length > 0 ? words.noBasis(without) : null,
      unprobed.length > 0 ? words.unprobed(unprobed, MOST_PROBED) : null,
      pushes(drawn),
    );
  },
});

const cell = (value: number | null | undefined) => (Number.isFinite(value) ? (value ?? null) : null);

/** Each net whole, and stopped halfway through its last stage. */
const halves = ({ nets, answer }: Drawn) =>
  nets.map(({ name, model }, i) => {
    const own = answer.nets[i]?.stops ?? [];
    const stops = netStops(model);
    const exits = [...stops.keys()].filter((s) => stops[s]?.canExit);
    const half = exits.length > 1 ? exits[Math.floor((exits.length - 1) / 2)] : undefined;
    return {
      name,
      whole: own.at(-1)?.exit ?? null,
      exit: half === undefined ? null : (own[half]?.exit ?? null),
      probe: half === undefined ? null : (own[half]?.probe ?? null),
      hasBasis: half !== undefined && (stops[half]?.hasBasis ?? false),
    };
  });

/** Null before they are measured, and where no net has any. */
function pushes({ nets, answer }: Drawn): string | null {
  const told = nets.flatMap(({ name }, i) => {
    const all = (answer.nets[i]?.pushes ?? []).filter((push) => push !== null);
    const down = all.filter(({ cosine }) => cosine > 0).length;
    return all.length === 0 ? [] : [{ name, down, all: all.length }];
  });
  return told.length === 0 ? null : words.down(told);
}
