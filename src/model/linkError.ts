import { cut } from './boundedText.ts';

/** What is wrong with a link. */
export class LinkError extends Error {
  override readonly name = 'LinkError';
  constructor(
    /**
     * `version`: of a version that is not known here. `unreadable`: not such an encoding. `refused`: read, but no sound
     * experiment. `tooLong`: not looked at.
     */
    readonly kind: 'version' | 'unreadable' | 'refused' | 'tooLong',
    /** The piece that is wrong, the schema's own words, or the length. */
    readonly detail: string,
  ) {
    super(`${kind}: ${detail}`);
  }
}

export const unreadable = (piece: string) => new LinkError('unreadable', cut(piece, 80));
