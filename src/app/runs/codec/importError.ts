/** A file that cannot be read as what it was given for; the message says what is wrong, and where in it. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
}
