import { cut } from '../../../model/boundedText.ts';
import type { LinkFault } from '../../state/AppState.ts';
import { linkFault as words } from '../enExperiment.ts';

/** What is wrong with a link that was followed. */
export function linkFaultText({ kind, detail }: LinkFault): string {
  switch (kind) {
    case 'training':
      return words.training;
    case 'version':
      // Versions are counted from 1.
      return /^[1-9]/.test(detail) ? words.laterVersion(detail) : words.noVersion(detail);
    case 'tooLong':
      return words.tooLong(Number(detail));
    case 'unreadable':
      return words.unreadable(cut(detail, 41));
    case 'refused':
      return words.refused(detail.split('\n'));
  }
}
