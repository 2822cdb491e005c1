/** What can be saved where a part of the page has failed; filled in by whoever puts the page together. */
import { createContext } from 'react';

export interface Rescue {
  /** Calls back after every change of what there is; gives what ends that. */
  readonly subscribe: (changed: () => void) => () => void;
  /** Whether there are runs that a person would miss. */
  readonly hasRuns: () => boolean;
  /** Saves them as a file; `moment` is the event that asked for it, and dates the file. */
  readonly save: (moment: { readonly timeStamp: number }) => void;
}

export const RescueContext = createContext<Rescue>({
  subscribe: () => () => undefined,
  hasRuns: () => false,
  save: () => undefined,
});
