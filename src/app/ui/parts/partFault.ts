/** Why a part of the page is not there, out of what was thrown. */
import { PartError, type PartFault } from './partError.ts';

/** `old`: the server has another version by now. `failed`: it came, and then failed. */
export type Fault = PartFault | 'old' | 'failed';

export interface FaultFacts {
  /** The name of the file that did not come; null where the browser does not say. */
  readonly file: string | null;
  /** What the error says. */
  readonly detail: string;
}

export const faultOf = (error: unknown): Fault => (error instanceof PartError ? error.fault : 'failed');

export const faultFacts = (error: unknown): FaultFacts => ({
  file: error instanceof PartError && error.file !== null ? error.file.replace(/^.*\//, '') : null,
  detail: error instanceof Error ? error.message : String(error),
});
