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
      return words.refused(detail.split('\n').map(inWords));
  }
}

/** A fault whose place is said as a person knows it: `lanes.0.model.depth` is the depth of net 1. */
function inWords(fault: string): string {
  const [, path, message] = /^((?:lanes|recipe)\b[\w.]*): (.+)$/s.exec(fault) ?? [];
  if (path === undefined || message === undefined) return fault;
  const lane = /^lanes\.(\d+)/.exec(path)?.[1];
  const key = /[a-z]\w*$/i.exec(path)?.[0] ?? '';
  const field = key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const isSaid = ['lanes', 'recipe'].includes(key) || message.startsWith(field);
  return words.at(lane === undefined ? null : Number(lane) + 1, isSaid ? null : field, message);
}
