/** Keeps the address bar and the experiment on the page the same: every experiment is a link. */
import { encodeExperiment } from '../../../model/link.ts';
import { meansExperiment } from '../../../model/linkText.ts';
import { readDraft } from '../../state/readDraft.ts';
import type { App } from '../../state/App.ts';

/** The part of a browser that this needs. */
export interface Address {
  /** The address from `#` on; empty without one. */
  read(): string;
  /** Another step of the history, or the present one changed. */
  push(hash: string): void;
  replace(hash: string): void;
  /** Calls back when the person goes back, forward, or to another `#`. */
  onMove(moved: () => void): void;
}

/**
 * Follows the link that the page was opened with, then writes every sound experiment into the address: a replacement as a step
 * of the history, an edit in place. A link that other programs have changed is written as it is meant; one that is wrong stays
 * in the address until something is changed.
 */
export function syncAddress({ store, openLink }: Pick<App, 'store' | 'openLink'>, address: Address): void {
  let written = store.getState().draft;
  let writtenMoves = 0;

  function write(): void {
    const { draft, device, edited, linkFault, moves } = store.getState();
    const isSettled = edited || (device.kind !== 'looking' && linkFault === null);
    if (!isSettled || (draft === written && meansExperiment(address.read()))) return;
    const { experiment } = readDraft(draft);
    if (!experiment) return;
    const hash = `#${encodeExperiment(experiment)}`;
    if (hash !== address.read()) address[moves === writtenMoves ? 'replace' : 'push'](hash);
    written = draft;
    writtenMoves = moves;
  }

  function follow(): void {
    const hash = address.read();
    if (!meansExperiment(hash)) {
      write(); // An anchor of the page: the experiment goes back into the address.
      return;
    }
    const isShown = openLink(hash) || store.getState().linkFault?.kind === 'training';
    written = store.getState().draft;
    const { experiment } = readDraft(written);
    const own = isShown && experiment ? `#${encodeExperiment(experiment)}` : hash;
    if (own !== hash) address.replace(own);
  }

  if (meansExperiment(address.read())) follow();
  address.onMove(follow);
  store.subscribe((state, before) => {
    if (state.draft !== before.draft || state.device !== before.device) write();
  });
}

/** What stands behind `?`: an experiment gets there where a program has taken `#` for the end of a search. */
function experimentOfSearch(search: string): string {
  const [, link = ''] = /[?&](e=\d[^&#]*)/.exec(search) ?? [];
  return link && `#${link}`;
}

export const browserAddress = (): Address => ({
  read: () => location.hash || experimentOfSearch(location.search),
  push: (hash) => history.pushState(null, '', hash),
  replace: (hash) => history.replaceState(null, '', hash),
  onMove: (moved) => addEventListener('popstate', moved),
});
