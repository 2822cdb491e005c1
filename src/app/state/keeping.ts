/** What the page knows of what it keeps: whether it does, and which moments of which run can be gone back to. */

import type { CheckpointReason, KeptCheckpoint } from '../../protocol/protocol.ts';
import type { CheckpointState } from '../../model/checkpoint.ts';
import type { RunConfig } from '../../model/config.ts';
import { noArchives, type Archives } from './archives.ts';
import type { Run } from './run.ts';

/** Why nothing is kept. */
export type KeepFaultKind =
  /** The browser has no storage for this page, or forbids it. */
  | 'denied'
  /** There is no room left. */
  | 'full'
  /** What is stored was written by a newer version of the page: it is left untouched. */
  | 'newer'
  /** Another tab holds an older version of the storage open. */
  | 'blocked'
  /** The storage was there and failed, or was taken away. */
  | 'failed';

export interface KeepFault {
  readonly kind: KeepFaultKind;
  /** What the browser said. */
  readonly detail: string;
}

/** `opening`: it is not known yet. `off`: nothing is kept in this visit. `failing`: it is tried again. */
export type KeepState =
  { readonly kind: 'opening' | 'kept' } | { readonly kind: 'off' | 'failing'; readonly fault: KeepFault };

export const momentKinds = [
  'ladder',
  'interval',
  'pause',
  'asked',
  'end',
] as const satisfies readonly CheckpointReason[];

/** A checkpoint that is kept. */
export interface Moment {
  /** Steps taken. */
  readonly step: number;
  readonly why: CheckpointReason;
  readonly bytes: number;
  /** Whether the test that is due after its step was still to come. */
  readonly evaluationDue: boolean;
}

/** What keeps runs, as those who train them need it. */
export interface RunKeeping {
  readonly keepCheckpoint: (run: string, made: KeptCheckpoint) => void;
  /** The file of a moment, as one of `config` where that is given. Rejects if it cannot be had, with BranchError if there is no such branch. */
  readonly checkpointOf: (run: string, step: number, config?: RunConfig) => Promise<ArrayBuffer>;
  /** What of a moment is no tensor. Rejects if it cannot be had. */
  readonly stateOf: (run: string, step: number) => Promise<CheckpointState>;
  /**
   * Takes runs over, to go on with them: gives them as they are kept now, each with its curve; null if another tab trains one of them. Rejects
   * if one cannot be read.
   */
  readonly claim: (runs: readonly Run[]) => Promise<readonly Run[] | null>;
  /** The runs, each with its curve. Rejects if one cannot be read. */
  readonly load: (runs: readonly Run[]) => Promise<readonly Run[]>;
  /** As {@link load}, of runs that stay where they are: to be saved as files. */
  readonly read: (runs: readonly Run[]) => Promise<readonly Run[]>;
  /** Keeps the picture of a view together with these runs, which have that view by now. Rejects if it cannot be kept: then it is not. */
  readonly keepPicture: (runs: readonly string[], view: string, file: ArrayBuffer) => Promise<void>;
  /** Rejects if it cannot be had. */
  readonly pictureOf: (run: string, view: string) => Promise<ArrayBuffer>;
  readonly archives: Archives;
}

const nowhere = 'This browser keeps nothing for this page.';

/** Where nothing is kept. */
export const noKeeping: RunKeeping = {
  keepCheckpoint: () => undefined,
  checkpointOf: () => Promise.reject(new Error('nothing is kept')),
  stateOf: () => Promise.reject(new Error('nothing is kept')),
  claim: (runs) => Promise.resolve(runs),
  load: (runs) => Promise.resolve(runs),
  read: (runs) => Promise.resolve(runs),
  keepPicture: () => Promise.reject(new Error(nowhere)),
  pictureOf: () => Promise.reject(new Error('nothing is kept')),
  archives: noArchives('This browser keeps no runs for this page: save them as JSON.'),
};

/** The moments of runs, ascending, by the runs' ids. */
export type Moments = ReadonlyMap<string, readonly Moment[]>;
