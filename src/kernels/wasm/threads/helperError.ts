import { OpsGoneError } from '../../ops.ts';

/** A thread that helps a lane is gone, or does not answer. */
export class HelperError extends OpsGoneError {
  override readonly name = 'HelperError';

  /** `why` says what is known: "it has ended". */
  constructor(why: string) {
    super(
      `A thread that computes for this lane was lost: ${why}. What was trained so far stays on the page. ` +
        'Train again; if it happens again, close other pages and programs first.',
    );
  }
}
