export type ArchiveFault =
  /** Not such a file, or not as it was written. */
  | 'damaged'
  /** Written by a newer version of the page. */
  | 'newer'
  /** Beyond what is read. */
  | 'tooLarge'
  /** This browser has no room for it. */
  | 'full'
  /** A person left it. */
  | 'cancelled';

/** An archive that cannot be read or brought in; the message says what is wrong, where, and what to do, in less than 1,000 characters. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
  constructor(
    readonly fault: ArchiveFault,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
