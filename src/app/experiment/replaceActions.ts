/** Putting another experiment in the place of the one on the page: by a preset, a fit to a time, or a link. */
import type { StoreApi } from 'zustand/vanilla';
import { decodeExperiment } from '../../model/link.ts';
import { LinkError } from '../../model/linkError.ts';
import { CLASS_SECONDS } from '../../model/presets.ts';
import { draftShowing } from '../state/readDraft.ts';
import { isLive, phaseOf } from '../state/training.ts';
import type { AppState, LinkFault } from '../state/AppState.ts';
import type { ReplaceActions } from '../state/App.ts';

/** How many replaced experiments are kept. */
const KEPT = 50;

export function createReplaceActions(store: StoreApi<AppState>): ReplaceActions {
  const isLocked = () => isLive(phaseOf(store.getState().training));

  return {
    replaceExperiment(experiment, seconds) {
      if (isLocked()) return;
      store.setState(({ draft, startWeights, meant, replaced, moves }) => ({
        draft: draftShowing(experiment),
        startWeights: new Map(),
        meant: seconds ?? meant,
        edited: true,
        replaced: [...replaced, { draft, startWeights, meant }].slice(-KEPT),
        moves: moves + 1,
        linkFault: null,
      }));
    },
    undoReplace() {
      const { replaced, moves } = store.getState();
      const last = replaced.at(-1);
      if (isLocked() || !last) return;
      store.setState({
        ...last,
        edited: true,
        replaced: replaced.slice(0, -1),
        moves: moves + 1,
        linkFault: null,
      });
    },
    openLink(hash) {
      const refuse = (kind: LinkFault['kind'], detail: string) => {
        store.setState(({ edited }) => ({ linkFault: { kind, detail, isDefault: !edited } }));
        return false;
      };
      if (isLocked()) return refuse('training', '');
      try {
        const draft = draftShowing(decodeExperiment(hash));
        store.setState({
          draft,
          startWeights: new Map(),
          meant: CLASS_SECONDS,
          edited: true,
          linkFault: null,
        });
        return true;
      } catch (error) {
        if (!(error instanceof LinkError)) throw error;
        return refuse(error.kind, error.detail);
      }
    },
    dismissLinkFault() {
      store.setState({ linkFault: null });
    },
  };
}
