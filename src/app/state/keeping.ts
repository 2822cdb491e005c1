/** What the page knows of what it keeps: whether it does, and which moments of which run can be gone back to. */

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
  | { readonly kind: 'opening' | 'kept' }
  | { readonly kind: 'off' | 'failing'; readonly fault: KeepFault };

/** Why a checkpoint was made: the ladder of steps, the interval, a pause, a hidden page, the end of the run. */
export const momentKinds = ['ladder', 'interval', 'pause', 'asked', 'end'] as const;
export type MomentKind = (typeof momentKinds)[number];

/** A checkpoint that is kept. */
export interface Moment {
  /** Steps taken. */
  readonly step: number;
  readonly why: MomentKind;
  readonly bytes: number;
}

/** The moments of runs, ascending, by the runs' ids. */
export type Moments = ReadonlyMap<string, readonly Moment[]>;
