/** Putting another experiment in the place of the one on the page: by a preset, a fit to a time, or a link. */
import type { StoreApi } from 'zustand/vanilla';
import type { ExperimentConfig } from '../../model/config.ts';
import { decodeLink, encodeExperiment } from '../../model/link.ts';
import { LinkError } from '../../model/linkError.ts';
import { CLASS_SECONDS } from '../../model/presets.ts';
import { draftShowing, readDraft } from '../state/readDraft.ts';
import { isLive, phaseOf } from '../state/training.ts';
import type { AppState, LinkFault } from '../state/AppState.ts';
import type { ReplaceActions } from '../state/App.ts';

/** Whether the form shows this very experiment. */
function isOnPage(experiment: ExperimentConfig, draft: AppState['draft']): boolean {
  const shown = readDraft(draft).experiment;
  return shown !== null && encodeExperiment(shown) === encodeExperiment(experiment);
}

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
      try {
        const link = decodeLink(hash);
        const isHere = isOnPage(link.experiment, store.getState().draft);
        if (isLocked() && !isHere) return refuse('training', '');
        // What is there already keeps what no link holds: weights to start from.
        if (!isHere) {
          store.setState({
            draft: draftShowing(link.experiment),
            startWeights: new Map(),
            meant: CLASS_SECONDS,
          });
        }
        store.setState(({ inside }) => ({
          edited: true,
          linkFault: null,
          inside: { ...inside, isShown: link.view !== null, given: link.view },
        }));
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
