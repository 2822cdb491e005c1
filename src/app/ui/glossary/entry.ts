/** What the glossary holds of a term. */

/** The drawings of terms: drawn in TermPicture.tsx, and put into words in enPictures.ts. */
export type PictureName = 'residual' | 'blocks' | 'options' | 'batch' | 'errors' | 'seeds' | 'schedule';

export interface Entry {
  /** As it stands at the head of its sentence. */
  readonly name: string;
  /** What it means, in one sentence for who has not trained a net before. */
  readonly sentence: string;
  readonly picture?: PictureName;
  /** Terms that are near, or the other half of it. */
  readonly see?: readonly string[];
}
