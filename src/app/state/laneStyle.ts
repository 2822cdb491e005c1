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

export interface LaneStyle {
  readonly hue: 'plain' | 'residual' | 'other';
  readonly tone: number;
  readonly marker: MarkerShape;
}
