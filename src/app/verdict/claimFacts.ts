/** What the verdict's words are made of. Words (enVerdict.ts) put it into sentences; verdictParts.ts finds it. */
import type { Dimension } from '../../insights/differences.ts';
import type { Silence } from '../../insights/gap.ts';
import type { Window } from '../../insights/window.ts';
import type { RunConfig } from '../../model/config.ts';
import type { SettingValue } from '../../model/recipeSettings.ts';
import type { Run } from '../state/run.ts';

/** Words, or words with a weight: a net's name, a number in its lane's colour, or a stress. */
export type Part =
  | string
  | { readonly name: string }
  | { readonly number: string; readonly run: Run }
  | { readonly stress: string };

/** Which sentence a claim is: what is known of depth and of shortcuts has one of its own. */
export type ClaimForm =
  | 'deeperPlainWorse'
  | 'deeperPlainBetter'
  | 'deeperResidualWorse'
  | 'deeperResidualBetter'
  | 'skipWorse'
  | 'skipBetter'
  | 'branch'
  | 'other';

/** One of the two nets of a claim. */
export interface Side {
  readonly name: string;
  readonly config: RunConfig;
  readonly startedFrom: string | null;
  readonly precision: string | null;
  /** Its value of the setting that the two differ in; empty where that is no setting. */
  readonly setting: SettingValue;
  /** Trainable numbers. */
  readonly parameters: number;
  /** Its mean error, 0 to 1. */
  readonly error: number;
  /** A number in the colour of its lane. */
  readonly inColour: (number: string) => Part;
}

export interface ClaimFacts {
  readonly dimension: Dimension;
  readonly measure: 'training' | 'test';
  readonly worse: Side;
  readonly better: Side;
  /** The gap, 0 to 1, as the errors of the sides show it. */
  readonly gap: number;
  /** How many layers more one has than the other. */
  readonly layersMore: number;
  /** Whether both have taken all their steps: before, only what is seen so far is said. */
  readonly isOver: boolean;
  /** Whether both have learned little yet: their errors are not far below guessing. */
  readonly nearGuessing: boolean;
  /** Whether the two have different numbers of parameters. */
  readonly differInParameters: boolean;
  /** The error of guessing, 0 to 1. */
  readonly guessing: number;
  /** Up to so many steps they are one run: one is a branch of the other, or both of a third; 0 where each began by itself. */
  readonly shared: number;
  /** Test errors in %, with which the paper's nets ended, where the worse one of now is the better one there. */
  readonly paperLater: { readonly worse: number; readonly better: number; readonly steps: number } | null;
}

/** How claims were measured, and how far they reach. */
export interface CaveatFacts {
  /** Claims that were measured so. */
  readonly claims: number;
  /** The least and the most noise among them, 0 to 1. */
  readonly noise: readonly [least: number, most: number];
  readonly evidence:
    | {
        readonly kind: 'steps';
        readonly seed: number;
        readonly worse: Window;
        readonly better: Window;
        /** That both have seen by then, where that takes them a different number of steps; else null. */
        readonly images: number | null;
      }
    | {
        readonly kind: 'seeds';
        readonly seeds: readonly number[];
        readonly std: number;
        /** Whether their batches differ, so that each is measured where both have seen as many images. */
        readonly differInBatch: boolean;
      }
    | { readonly kind: 'test'; readonly seed: number; readonly step: number; readonly images: number };
}

/** Pairs of nets that one thing is said of: each by its names, or where there are many only how many. */
export interface PairNames {
  readonly named: readonly (readonly [string, string])[] | null;
  readonly count: number;
}

/** Pairs that support no claim. */
export interface SilenceFacts {
  readonly why: Silence;
  readonly pairs: PairNames;
  /** The seeds that they were compared over. */
  readonly seeds: number;
  /** Whether no more steps will come. */
  readonly ended: boolean;
}

/** Nets that were compared with no other. */
export type AloneFacts =
  | { readonly why: 'single' | 'many' }
  | { readonly why: 'unknown' | 'branch'; readonly names: readonly string[] }
  | {
      readonly why: 'same' | 'seed' | 'several';
      readonly names: readonly [string, string];
      readonly dimensions: readonly Dimension[];
    };

export interface GuessFacts {
  readonly nets: readonly { readonly name: string; readonly error: number }[];
  /** Whether none of them will take more steps. */
  readonly isOver: boolean;
  /** The error of guessing, 0 to 1. */
  readonly guessing: number;
  readonly classes: number;
}
