import type { BroughtIn } from '../../state/archives.ts';
import { archiveWords as words } from './enArchiveSection.ts';

/** Names that are said; of more their number. */
const SAID = 5;

/** What came of a file. */
export function broughtInText(file: string, { added, copies, present, moments }: BroughtIn): string {
  return [
    words.broughtIn(file, added.length, moments),
    ...(present > 0 ? [words.present(present)] : []),
    ...(copies.length > 0 ? [words.copies(copies.slice(0, SAID), Math.max(0, copies.length - SAID))] : []),
  ].join(' ');
}
