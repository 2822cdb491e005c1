/**
 * How a lane is drawn. Warm is plain, cool is residual, grey is unknown. What lanes of an experiment differ in most gets the hue;
 * depth and filters get the tone and the marker's shape, and the marker its rhythm of dashes.
 */
import type { LaneConfig, ModelConfig } from '../../../model/config.ts';
import { isResidual } from '../../../model/depths.ts';
import { settingsKey } from '../../../model/sameSettings.ts';
import { markers, type Hue, type MarkerShape, type LaneStyle } from '../../state/laneStyle.ts';

/** Tones of each hue, from the shallowest nets' (0) to the deepest nets'. */
const TONES = 5;

/**
 * Dash and gap of each marker's dashed line, in pixels: where colours fail (forced colours, grey prints, many lanes of one depth) the
 * rhythm tells the lanes apart, as the marker does.
 */
export const dashes: Readonly<Record<MarkerShape, readonly number[]>> = {
  circle: [5, 4],
  square: [11, 4],
  diamond: [2, 3],
  triangle: [9, 3, 2, 3],
  triangleDown: [4, 3, 4, 8],
  pentagon: [9, 3, 2, 3, 2, 3],
  star: [2, 3, 2, 8],
  plus: [16, 4],
};

/** A run of a net that is not known; {@link distinctStyle} gives each its marker. */
export const unknownStyle: LaneStyle = { hue: 'other', tone: 0, marker: 'circle' };

/** What a depth is drawn like where nothing else claims it, so that twins share their shape. */
const preferences: readonly { readonly upTo: number; readonly marker: MarkerShape }[] = [
  { upTo: 14, marker: 'triangleDown' },
  { upTo: 26, marker: 'circle' },
  { upTo: 44, marker: 'diamond' },
  { upTo: 74, marker: 'square' },
  { upTo: Infinity, marker: 'triangle' },
];
const preferredTone = (depth: number) => preferences.findIndex(({ upTo }) => depth <= upTo);

/** What of a lane decides how it is drawn: its net, and an optimiser or a warm-up of its own. */
export type StyledLane = Pick<ModelConfig, 'block' | 'depth'> &
  Partial<Pick<ModelConfig, 'shortcut' | 'width'>> & {
    readonly optimizer?: LaneConfig['optimizer'];
    readonly warmUp?: LaneConfig['warmUp'];
  };

/** What of a lane of an experiment decides it. */
export const styledLane = ({
  model,
  optimizer,
  warmUp,
}: Pick<LaneConfig, 'model' | 'optimizer' | 'warmUp'>): StyledLane => ({
  ...model,
  optimizer,
  warmUp,
});

/** The hues of each kind of net; the first alone where plain and residual nets are compared. */
const huesOf = { plain: ['plain', 'rose', 'olive'], residual: ['residual', 'green', 'violet'] } as const;
type Kind = keyof typeof huesOf;
const kindOf = ({ block }: Pick<ModelConfig, 'block'>): Kind => (isResidual(block) ? 'residual' : 'plain');

/** What can differ between lanes of one kind, what says most first. Values are compared as texts. */
const dimensions: readonly {
  readonly valueOf: (lane: StyledLane) => string;
  /** Its values have an order, which tones tell better than more hues than there are. */
  readonly isOrdered: boolean;
}[] = [
  { valueOf: ({ block }) => block, isOrdered: false },
  // What a plain net has there means nothing.
  { valueOf: ({ block, shortcut }) => (isResidual(block) ? (shortcut ?? '') : ''), isOrdered: false },
  { valueOf: ({ optimizer }) => settingsKey(optimizer), isOrdered: false },
  { valueOf: ({ warmUp }) => settingsKey(warmUp), isOrdered: false },
  { valueOf: ({ depth }) => String(depth), isOrdered: true },
  { valueOf: ({ width }) => String(width), isOrdered: true },
];

/**
 * The styles of an experiment's lanes, in their order. Plain and residual nets are warm and cool, and nothing else has a hue; lanes
 * of one kind get a hue for each value of the first thing that they differ in. In either case deeper nets, then those of more filters, get
 * deeper tones, and no marker stands twice.
 */
export function laneStyles(lanes: readonly StyledLane[]): readonly LaneStyle[] {
  const styles = blockStyles(lanes);
  if (new Set(lanes.map(kindOf)).size > 1) return styles;
  const hues = hueByValue(lanes);
  return styles.map((style, i) => ({ ...style, hue: hues(lanes[i]!) }));
}

function hueByValue(lanes: readonly StyledLane[]): (lane: StyledLane) => Hue {
  for (const { valueOf, isOrdered } of dimensions) {
    const values = [...new Set(lanes.map(valueOf))];
    if (values.length < 2) continue;
    if (isOrdered) values.sort((a, b) => Number(a) - Number(b));
    return (lane) => {
      const hues = huesOf[kindOf(lane)];
      if (isOrdered && values.length > hues.length) return hues[0];
      return hues[values.indexOf(valueOf(lane)) % hues.length]!;
    };
  }
  return (lane) => huesOf[kindOf(lane)][0];
}

/** The styles of nets that are no one experiment, such as those of a file: warm or cool, whatever else they differ in. */
export function blockStyles(lanes: readonly StyledLane[]): readonly LaneStyle[] {
  const styles: LaneStyle[] = [];
  for (const kind of ['plain', 'residual'] as const) {
    const members = lanes
      .map((lane, index) => ({ ...lane, index }))
      .filter((member) => kindOf(member) === kind);
    const tones = assignTones(
      members.toSorted((a, b) => a.depth - b.depth || (a.width ?? 0) - (b.width ?? 0)),
    );
    const free = new Set<MarkerShape>(markers);
    for (const { depth, index } of members) {
      const preferred = preferences[preferredTone(depth)]?.marker ?? 'circle';
      const marker = free.has(preferred) ? preferred : (free.values().next().value ?? preferred);
      free.delete(marker);
      styles[index] = { hue: kind, tone: tones.get(index) ?? 0, marker };
    }
  }
  return styles;
}

const isSameLook = (a: LaneStyle, b: LaneStyle) =>
  a.hue === b.hue && a.tone === b.tone && a.marker === b.marker;

/**
 * `style`, or where one of `taken` looks the same the one like it that is free: with another marker, first one that none of them has, then
 * with a tone beside its own.
 * Where all forty looks of the hue are taken it stays what it is.
 */
export function distinctStyle(style: LaneStyle, taken: readonly LaneStyle[]): LaneStyle {
  const isFree = (wanted: LaneStyle) => !taken.some((other) => isSameLook(other, wanted));
  if (isFree(style)) return style;
  const tones = Array.from({ length: TONES }, (_, tone) => tone).sort(
    (a, b) => Math.abs(a - style.tone) - Math.abs(b - style.tone),
  );
  const isUsed = (marker: MarkerShape) => taken.some((other) => other.marker === marker);
  const inOrder = markers.toSorted((a, b) => Number(isUsed(a)) - Number(isUsed(b)));
  const looks = tones.flatMap((tone) => inOrder.map((marker) => ({ ...style, tone, marker })));
  return looks.find(isFree) ?? style;
}

/**
 * The tones nearest to the preferred ones that rise with depth, with one between any two as long as there are enough; where lanes
 * outnumber tones, neighbours share.
 */
function assignTones(
  ascending: readonly { readonly depth: number; readonly index: number }[],
): ReadonlyMap<number, number> {
  const count = ascending.length;
  const wanted = ascending.map(({ depth }) => preferredTone(depth));
  const cost = (tones: readonly number[]) =>
    tones.reduce((sum, tone, i) => sum + Math.abs(tone - (wanted[i] ?? tone)), 0);
  const tones =
    count > TONES
      ? ascending.map((_, i) => Math.floor((i * TONES) / count))
      : risingChoices(count, 2 * count - 1 <= TONES ? 2 : 1).reduce((best, choice) =>
          cost(choice) < cost(best) ? choice : best,
        );
  return new Map(ascending.map(({ index }, i) => [index, tones[i] ?? 0]));
}

/** Every choice of `count` of the tones that rises by `gap` at least. */
function risingChoices(count: number, gap: number, from = 0): readonly (readonly number[])[] {
  if (count === 0) return [[]];
  const choices: (readonly number[])[] = [];
  for (let first = from; first < TONES; first++) {
    for (const rest of risingChoices(count - 1, gap, first + gap)) choices.push([first, ...rest]);
  }
  return choices;
}
