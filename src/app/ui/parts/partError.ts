/** Why a part of the page did not arrive. */
export type PartFault = 'unreachable' | 'missing' | 'late' | 'broken';

/** A part that is loaded when it is needed could not be loaded. */
export class PartError extends Error {
  override readonly name = 'PartError';
  constructor(
    readonly fault: PartFault,
    /** The file that it is about; null where the browser does not say. */
    readonly file: string | null,
    options?: ErrorOptions,
  ) {
    super(file === null ? `a part of the page is ${fault}` : `${file} is ${fault}`, options);
  }
}
