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

/** How large a form of a preset is. */
export interface PresetSize {
  /** Filters of the first stage. */
  readonly width: number;
  readonly batchSize: number;
  readonly steps: number;
  /** Where the rate drops and images are augmented as in the paper; else the rate is constant, and images are as they are. */
  readonly recipe?: 'paper' | undefined;
  /** Of a size at which a claim about the beginning of training came out: nothing is known beyond so many steps. */
  readonly until?: number | undefined;
}
