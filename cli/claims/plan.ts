/** Which sizes are tried for which preset, the cheapest and most important first. Nets are shared: no run is trained twice. */
import { sizeOfText } from './sizeText.ts';
import type { PresetId, PresetSize } from '../../src/model/presetId.ts';

export interface PlannedSize {
  readonly preset: PresetId;
  readonly size: PresetSize;
}

/** The rungs are those of the sizing (src/model/fit.ts); a run of many steps tells of all fewer steps as well. */
const rows: readonly (readonly [PresetId, string])[] = [
  ['degradation', '4x32x1000'],
  ['flip', '4x32x1000'],
  ['twins', '4x32x1000'],
  ['degradation', '8x64x600'],
  ['flip', '8x64x600'],
  ['twins', '8x64x600'],
  ['degradation', '8x32x600'],
  ['flip', '8x32x600'],
  ['twins', '8x32x600'],
  ['optimisers', '4x32x1000'],
  ['shortcuts', '4x32x2000'],
  ['bottleneck', '4x32x2000'],
  ['warm-up', '4x32x2000'],
  ['switch-on', '4x32x2000'],
  ['depth', '4x32x2000'],
  ['optimisers', '8x64x600'],
  ['shortcuts', '8x64x1000'],
  ['bottleneck', '8x64x1000'],
  ['warm-up', '8x64x1000'],
  ['switch-on', '8x64x1000'],
  ['depth', '8x64x1000'],
  ['degradation', '16x64x400'],
  ['twins', '16x64x400'],
  ['degradation', '16x128x300'],
  ['twins', '16x128x300'],
];

export const plan: readonly PlannedSize[] = rows.map(([preset, size]) => ({
  preset,
  size: sizeOfText(size),
}));
