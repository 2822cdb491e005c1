export type PresetId =
  | 'degradation'
  | 'twins'
  | 'flip'
  | 'switch-on'
  | 'depth'
  | 'shortcuts'
  | 'bottleneck'
  | 'warm-up'
  | 'optimisers'
  | 'paper';

/** How large a short form of a preset is. */
export interface PresetSize {
  /** Filters of the first stage. */
  readonly width: number;
  readonly batchSize: number;
  readonly steps: number;
}
