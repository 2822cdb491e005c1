/**
 * How a lane is drawn: warm for plain nets, cool for residual ones, grey for unknown ones; depth by tone, by the marker's shape, and by
 * the rhythm of its dashes.
 */
import { isResidual } from '../../../model/depths.ts';
import type { ModelConfig } from '../../../model/config.ts';
import { markers, type MarkerShape, type LaneStyle } from '../../state/laneStyle.ts';

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

/** The styles of an experiment's lanes, in their order: deeper nets of a hue get deeper tones, and no marker twice. */
export function laneStyles(models: readonly Pick<ModelConfig, 'block' | 'depth'>[]): readonly LaneStyle[] {
  const styles: LaneStyle[] = [];
  for (const hue of ['plain', 'residual'] as const) {
    const members = models
      .map((model, index) => ({
        depth: model.depth,
        index,
        hue: isResidual(model.block) ? 'residual' : 'plain',
      }))
      .filter((member) => member.hue === hue);
    const tones = assignTones([...members].sort((a, b) => a.depth - b.depth));
    const free = new Set<MarkerShape>(markers);
    for (const { depth, index } of members) {
      const preferred = preferences[preferredTone(depth)]?.marker ?? 'circle';
      const marker = free.has(preferred) ? preferred : (free.values().next().value ?? preferred);
      free.delete(marker);
      styles[index] = { hue, tone: tones.get(index) ?? 0, marker };
    }
  }
  return styles;
}

/** `style`, with another marker where one of `taken` looks the same: a lane that comes later must not look like one there. */
export function distinctStyle(style: LaneStyle, taken: readonly LaneStyle[]): LaneStyle {
  const used = new Set(
    taken.filter(({ hue, tone }) => hue === style.hue && tone === style.tone).map(({ marker }) => marker),
  );
  if (!used.has(style.marker)) return style;
  const free = markers.find((marker) => !used.has(marker));
  if (free) return { ...style, marker: free };
  // Tones of known nets mean their depth; those of unknown ones mean nothing, and are there to tell them apart.
  if (style.hue !== 'other' || style.tone === TONES - 1) return style;
  return distinctStyle({ ...style, tone: style.tone + 1 }, taken);
}

/** The same with every style of an unknown net unlike those before it and those of `taken`. */
export function toldApart<T extends { readonly style: LaneStyle }>(
  items: readonly T[],
  taken: readonly LaneStyle[],
): readonly T[] {
  const styles = [...taken];
  return items.map((item) => {
    const style = item.style.hue === 'other' ? distinctStyle(item.style, styles) : item.style;
    styles.push(style);
    return style === item.style ? item : { ...item, style };
  });
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
