/** Keeps the address bar and the experiment on the page the same: every experiment is a link. */
import { encodeExperiment } from '../../../model/link.ts';
import { meansExperiment } from '../../../model/linkText.ts';
import { readDraft } from '../../state/readDraft.ts';
import type { App } from '../../state/App.ts';
import type { AppState } from '../../state/AppState.ts';
import { placeAddress, placeOf } from '../../state/place.ts';

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
 * Follows the address that the page was opened with, then writes the place into it: in the lab the experiment's link, once it is sound
 * and settled. Another place and another experiment are a step of the history, an edit is none. A link that other programs have
 * changed is written as it is meant; one that is wrong stays in the address until something is changed.
 */
export function syncAddress(
  { store, openLink, goTo }: Pick<App, 'store' | 'openLink' | 'goTo'>,
  address: Address,
  later: (write: () => void) => void = quietly(),
): void {
  let writtenMoves = 0;
  let writtenPlace = store.getState().place;
  /** The draft whose link was refused: the address keeps it until something is changed. */
  let refused: AppState['draft'] | null = null;

  function write(): void {
    const { place, draft, moves } = store.getState();
    if (draft === refused && place === 'lab' && meansExperiment(address.read())) return;
    const link = place === 'lab' ? linkOf(store.getState()) : null;
    // While a field is wrong the last sound link stays.
    const hash = link ?? (place === 'lab' && meansExperiment(address.read()) ? address.read() : placeAddress(place)); // prettier-ignore
    const isSame = hash === address.read() || (link === null && placeOf(address.read()) === place);
    // A place is replaced by the link of what it shows, which is no step of its own.
    const isStep = place !== writtenPlace || moves !== writtenMoves;
    if (!isSame) address[isStep ? 'push' : 'replace'](hash);
    [writtenPlace, writtenMoves, refused] = [place, moves, null];
  }

  function follow(): void {
    const hash = address.read();
    if (!meansExperiment(hash)) {
      const place = placeOf(hash);
      // An anchor of the page: where one is goes back into the address.
      if (place === null) return write();
      writtenPlace = place;
      goTo(place);
      return write();
    }
    const isShown = openLink(hash) || store.getState().linkFault?.kind === 'training';
    writtenPlace = 'lab';
    refused = isShown ? null : store.getState().draft;
    goTo('lab');
    const own = isShown ? linkShowing(store.getState()) : null;
    if (own !== null && own !== address.read()) address.replace(own);
    writtenMoves = store.getState().moves;
  }

  follow();
  address.onMove(follow);
  store.subscribe((state, before) => {
    const isNews =
      state.draft !== before.draft || state.device !== before.device || state.place !== before.place;
    if (isNews) write();
    else if (state.inside !== before.inside) later(write);
  });
}

/** Browsers let an address be changed a hundred times in half a minute, and a slider is drawn faster: milliseconds without a change. */
const QUIET = 300;

function quietly(): (write: () => void) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (write) => {
    clearTimeout(timer);
    timer = setTimeout(write, QUIET);
  };
}

/** The link of the experiment on the page, once it is settled: sized to the device, or the person's own. */
function linkOf(state: AppState): string | null {
  const { device, edited, linkFault } = state;
  if (!edited && (device.kind === 'looking' || linkFault !== null)) return null;
  return linkShowing(state);
}

/** The experiment of the form, and the view into its nets if one is shown; null while the form is not sound. */
function linkShowing(state: AppState): string | null {
  const { experiment } = readDraft(state.draft);
  return experiment && `#${encodeExperiment(experiment)}${viewIn(state)}`;
}

const viewIn = ({ inside: { isShown, given, link } }: AppState): string => {
  const view = given ?? link;
  return isShown && view !== '' ? `&view=${view}` : '';
};

/** What stands behind `?`: an experiment gets there where a program has taken `#` for the end of a search. */
function experimentOfSearch(search: string): string {
  const [, link = ''] = /[?&](e=\d[^&#]*(?:&view=[^&#]*)?)/.exec(search) ?? [];
  return link && `#${link}`;
}

export const browserAddress = (): Address => ({
  read: () => location.hash || experimentOfSearch(location.search),
  push: (hash) => history.pushState(null, '', hash),
  replace: (hash) => history.replaceState(null, '', hash),
  onMove: (moved) => addEventListener('popstate', moved),
});
