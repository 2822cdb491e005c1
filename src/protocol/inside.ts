/** What the page and the worker that looks into nets say to each other. */
import type { ModelConfig, NormalisationConfig } from '../model/config.ts';
import type { DeviceChoice, Failure, PROTOCOL_VERSION } from './protocol.ts';

/** What such a worker is called: by that it knows what it is for. */
export const INSIDE_WORKER = 'inside';

/** Where a net's numbers come from. */
export type GivenWeights =
  /** PyTorch's names and layout; of this net exactly. */
  | { readonly kind: 'safetensors'; readonly file: ArrayBuffer }
  /** A file of model/checkpoint.ts. */
  | { readonly kind: 'checkpoint'; readonly file: ArrayBuffer }
  /** As they are before the first step. */
  | { readonly kind: 'seed'; readonly seed: number };

/** A net to look into, as it is handed over. */
export interface GivenNet {
  readonly model: ModelConfig;
  /** How its images were normalised in training. */
  readonly normalisation: NormalisationConfig;
  readonly weights: GivenWeights;
  /** Steps taken, about, where its weights do not say: a checkpoint does. */
  readonly step?: number;
  /** The same net at other moments of its run, where the view asks for some; by ascending step. */
  readonly further?: readonly GivenMoment[];
}

export interface GivenMoment {
  readonly step: number;
  readonly weights: GivenWeights;
}

/** An image that a person brought: uint8 `[32, 32, 3]`. */
export type OwnImage = Uint8Array;

// Page -> worker

export type InsideCommand =
  /** Comes first, once. */
  | {
      readonly kind: 'open';
      readonly version: typeof PROTOCOL_VERSION;
      /** With all the threads that there are: it takes them while nothing trains. */
      readonly device: Pick<DeviceChoice, 'backend' | 'threads'>;
      /** Absolute address of the dataset's folder. */
      readonly url: string;
    }
  /** Whether lanes train, which from now on have all threads but one; until it is said, none does. */
  | { readonly kind: 'lanes'; readonly train: boolean }
  /** Answered by `answer` or `failure` of the same id; several at once are computed one after the other. */
  | {
      readonly kind: 'look';
      readonly id: number;
      readonly view: string;
      readonly nets: readonly GivenNet[];
      readonly question: unknown;
    }
  /** The answer is not wanted any more: none comes. */
  | { readonly kind: 'cancel'; readonly id: number };

// Worker -> page

export type InsideMessage =
  /** `soFar`: what of the answer is there already, where the view tells it. */
  | {
      readonly kind: 'progress';
      readonly id: number;
      readonly done: number;
      readonly total: number;
      readonly soFar?: unknown;
    }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly failure: Failure };
