/** Everything that is kept as one file, and back: what the page asks for, and is told. */

export interface ArchiveSizes {
  readonly runs: number;
  /** Bytes of the curves. */
  readonly curves: number;
  /** Of the pictures of kept views. */
  readonly pictureBytes: number;
  readonly moments: number;
  readonly momentBytes: number;
}

export interface SavedArchive {
  readonly file: Blob;
  readonly runs: number;
  readonly moments: number;
  /** Names of runs, and the number of moments and of pictures of views, that are kept and cannot be read. */
  readonly damagedRuns: readonly string[];
  readonly damagedMoments: number;
  readonly damagedPictures: number;
}

export interface BroughtIn {
  /** Names of the runs that came in. */
  readonly added: readonly string[];
  /** Of those, the runs that came in beside one of the same id and another content. */
  readonly copies: readonly string[];
  /** How many were here already. */
  readonly present: number;
  readonly moments: number;
}

/** What a person who waits is told, and can do. */
export interface Waiting {
  /** A share, 0 to 1. */
  readonly progress: (share: number) => void;
  readonly signal: AbortSignal;
}

export interface SavingOptions extends Waiting {
  readonly withMoments: boolean;
  readonly exported: Date;
}

export interface Archives {
  readonly sizes: () => Promise<ArchiveSizes>;
  readonly save: (options: SavingOptions) => Promise<SavedArchive>;
  /** Brings in all of a file, or nothing: rejects with a message of what is wrong with it, and then nothing has changed. */
  readonly bringIn: (file: Blob, name: string, waiting: Waiting) => Promise<BroughtIn>;
}

/** Where nothing is kept. `why` is for a person. */
export const noArchives = (why: string): Archives => ({
  sizes: () => Promise.resolve({ runs: 0, curves: 0, pictureBytes: 0, moments: 0, momentBytes: 0 }),
  save: () => Promise.reject(new Error(why)),
  bringIn: () => Promise.reject(new Error(why)),
});
