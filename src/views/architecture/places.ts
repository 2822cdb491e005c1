/** Where a net's blocks and layers are in its row of the drawing, and the paths that draw them: few, however deep it is. Pure. */
import type { Columns } from './columns.ts';
import type { NetPlan, PlanBlock, Unit } from './netPlan.ts';

/** A block of the net, or several that are folded, in the row. */
export interface Place {
  readonly block: PlanBlock;
  /** The first of them is {@link block}; more than one where they are folded. */
  readonly blocks: readonly PlanBlock[];
  readonly x: number;
  readonly width: number;
}

export interface Bar {
  readonly unit: Unit;
  readonly x: number;
  readonly width: number;
  readonly height: number;
}

/** Height of the row's middle line below its top, and of the bar of a map of 32 pixels. */
export const MIDDLE = 66;
const TALLEST = 36;
const LOWEST = 8;
const WIDEST_BAR = 22;
const RISE = 24;
/** Room for the number of classes behind the last layer. */
const CLASSES = 22;
/** Pixels of the image in front of the first layer. */
export const IMAGE = 16;

export function placesOf({ stem, stages, head }: NetPlan, columns: Columns): readonly Place[] {
  const own = columns.columns.flatMap(({ section, from, count, x, width }): Place[] => {
    const blocks = stages[section - 1]?.slice(from, from + count) ?? [];
    const [block] = blocks;
    return block ? [{ block, blocks, x, width }] : [];
  });
  const single = (block: PlanBlock, x: number, width: number): Place => ({
    block,
    blocks: [block],
    x,
    width,
  });
  return [
    single(stem, columns.stem.x + IMAGE + 4, columns.stem.width - IMAGE - 4),
    ...own,
    single(head, columns.head.x, columns.head.width - CLASSES),
  ];
}

const heightOf = ({ kind, output }: Unit): number =>
  kind === 'dense' ? TALLEST - 8 : Math.max(LOWEST, TALLEST * Math.sqrt(output.width / 32));

/** The layers on the way through a block, as bars; of folded blocks those of the first. */
export function barsOf({ block, x, width }: Place): readonly Bar[] {
  const { way } = block;
  const room = 0.84 * width;
  const step = Math.min(room / way.length, WIDEST_BAR / 0.7);
  const left = x + (room - step * way.length) / 2;
  return way.map((unit, i) => ({ unit, x: left + i * step, width: 0.78 * step, height: heightOf(unit) }));
}

const fixed = (value: number) => Number(value.toFixed(2));
const rectangle = (x: number, y: number, width: number, height: number) =>
  `M${fixed(x)} ${fixed(y)}h${fixed(width)}v${fixed(height)}h${fixed(-width)}z`;

/** All bars, or those with an odd or an even number in their block. */
export const barsPath = (places: readonly Place[], parity: 0 | 1): string =>
  places
    .flatMap((place) => barsOf(place).filter((_, i) => i % 2 === parity))
    .map(({ x, width, height }) => rectangle(x, MIDDLE - height / 2, width, height))
    .join('');

/** Arcs over these blocks. */
export const arcsPath = (places: readonly Place[]): string =>
  places
    .map((place) => {
      const { from, to, over } = arcOf(place);
      return `M${fixed(from)} ${MIDDLE}C${fixed(from)} ${fixed(over)},${fixed(to)} ${fixed(over)},${fixed(to)} ${MIDDLE}`;
    })
    .join('');

/** A square on the arc of each. */
export const squaresPath = (places: readonly Place[]): string =>
  places
    .map((place) => {
      const { from, to, over } = arcOf(place);
      const side = Math.min(7, Math.max(2, 0.2 * place.width));
      // Of such a curve the highest point is at three quarters of its handles.
      const apex = MIDDLE + 0.75 * (over - MIDDLE);
      return rectangle((from + to) / 2 - side / 2, apex - side / 2, side, side);
    })
    .join('');

function arcOf(place: Place) {
  const { x, width } = place;
  const tall = Math.max(LOWEST, ...barsOf(place).map(({ height }) => height));
  return { from: x - 0.06 * width, to: x + 0.9 * width, over: MIDDLE - tall / 2 - RISE };
}

/** The layer nearest to `x`; of folded blocks one of the block that would stand there. */
export function unitNear(places: readonly Place[], x: number): Unit | undefined {
  const place = places.findLast((one) => one.x <= x) ?? places[0];
  if (!place) return undefined;
  const share = Math.max(0, Math.min(1 - 1e-9, (x - place.x) / (0.9 * place.width)));
  const block = place.blocks[Math.floor(share * place.blocks.length)];
  const within = place.blocks.length > 1 ? 0 : share;
  return block?.way[Math.floor(within * block.way.length)];
}

/** Where a layer's block stands. */
export const placeOf = (
  places: readonly Place[],
  { section, block }: Pick<Unit, 'section' | 'block'>,
): Place | undefined =>
  places.find(({ blocks }) => blocks.some((one) => one.section === section && one.block === block));
