/** How a lane is told from others: its colour and its marker. */
export const markers = [
  'circle',
  'square',
  'diamond',
  'triangle',
  'triangleDown',
  'pentagon',
  'star',
  'plus',
] as const;

export type MarkerShape = (typeof markers)[number];

/** Warm for plain nets, cool for residual ones; the others of each where nets of one kind differ in something else; `other` for unknown nets. */
export const hues = ['plain', 'rose', 'olive', 'residual', 'green', 'violet', 'other'] as const;
export type Hue = (typeof hues)[number];

export interface LaneStyle {
  readonly hue: Hue;
  readonly tone: number;
  readonly marker: MarkerShape;
}
