/** Putting another experiment in the place of the one on the page: by a preset, a fit to a time, or a link. */
import type { StoreApi } from 'zustand/vanilla';
import type { ExperimentConfig } from '../../model/config.ts';
import { decodeExperiment } from '../../model/link.ts';
import { LinkError } from '../../model/linkError.ts';
import type { AppState } from './appStore.ts';
import { draftOf } from './draft.ts';
import { isLive, phaseOf } from './training.ts';

/** Why a link was not followed. */
export interface LinkFault {
  readonly kind: LinkError['kind'] | 'training';
  readonly detail: string;
  /** Whether the default stands in for it; else what was on the page stayed. */
  readonly isDefault: boolean;
}

export interface Replacing {
  /** What stood on the page before, the latest last: as it was typed, faults and all. */
  readonly replaced: readonly Pick<AppState, 'draft' | 'startWeights'>[];
  /** Counts replacements: each is a step of the browser's history, while an edit is none. */
  readonly moves: number;
  readonly linkFault: LinkFault | null;
}

/** How many replaced experiments are kept. */
const KEPT = 50;

export interface ReplaceActions {
  /** Puts `experiment` on the page; {@link undoReplace} brings back what was there. Nothing while something trains. */
  readonly replaceExperiment: (experiment: ExperimentConfig) => void;
  readonly undoReplace: () => void;
  /** Shows the experiment of an address, or says why not. Returns whether it did. */
  readonly openLink: (hash: string) => boolean;
  readonly dismissLinkFault: () => void;
}

export function createReplaceActions(store: StoreApi<AppState>): ReplaceActions {
  const isLocked = () => isLive(phaseOf(store.getState().training));

  return {
    replaceExperiment(experiment) {
      if (isLocked()) return;
      store.setState(({ draft, startWeights, replaced, moves }) => ({
        draft: draftOf(experiment),
        startWeights: new Map(),
        edited: true,
        replaced: [...replaced, { draft, startWeights }].slice(-KEPT),
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
        const draft = draftOf(decodeExperiment(hash));
        store.setState({ draft, startWeights: new Map(), edited: true, linkFault: null });
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
