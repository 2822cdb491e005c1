/** What the page and the worker that keeps the dataset in this browser say to each other. */
import type { Failure } from './events.ts';

/** How much of the dataset is kept in this browser, of how much. */
export interface KeptData {
  readonly shards: number;
  readonly bytes: number;
  readonly allShards: number;
  readonly allBytes: number;
}

export interface KeepCommand {
  /** `look` says what is kept; `keep` has all of it kept, saying so after each shard; `remove` gives all of it up. */
  readonly kind: 'look' | 'keep' | 'remove';
  /** Absolute address of the dataset's folder. */
  readonly url: string;
}

/** Why not all could be kept. `full` and `denied`: the browser's storage; `unreachable`: the network, or the server. */
export type KeepTrouble = 'full' | 'denied' | 'unreachable' | 'damaged';

export type KeepMessage =
  | { readonly kind: 'kept'; readonly kept: KeptData }
  /** It is over, and went well. */
  | { readonly kind: 'done'; readonly kept: KeptData }
  | { readonly kind: 'failed'; readonly trouble: KeepTrouble; readonly failure: Failure };
