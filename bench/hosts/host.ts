import type { Bencher } from '../bencher.ts';
import type { Remote } from '../remote.ts';

/** Where benchers run. */
export interface Host {
  /** For people. */
  readonly device: string;
  /** A bencher with a process or worker of its own. */
  spawn(): Promise<Spawned>;
  close(): Promise<void>;
}

export interface Spawned {
  readonly bencher: Remote<Bencher>;
  readonly end: () => Promise<void>;
}
