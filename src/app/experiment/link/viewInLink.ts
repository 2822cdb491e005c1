/** The view into the nets that the lab shows, in the link of its experiment. */
import type { StoreApi } from 'zustand/vanilla';
import type { Link } from '../../../model/link.ts';
import { LinkError } from '../../../model/linkError.ts';
import { decodeView, encodeView } from '../../../model/linkView.ts';
import type { AppState } from '../../state/AppState.ts';
import { laneKey } from '../../state/inside.ts';
import { readDraft } from '../../state/readDraft.ts';

/** The part of the link; empty while curves are shown. Nets of the experiment are named by their place in it. */
export function viewInLink({ inside, draft }: AppState): string {
  const { isShown, view, questions, nets, step, layer } = inside;
  if (!isShown) return '';
  const lanes = readDraft(draft).experiment?.lanes ?? [];
  const placeOf = (key: string) => lanes.findIndex(({ id }) => laneKey(id) === key);
  return encodeView({
    view,
    question: questions[view] ?? {},
    nets: nets && nets.map((key) => (placeOf(key) < 0 ? key : placeOf(key))),
    step,
    layer,
  });
}

/**
 * Shows the view that a link names, with its settings, or the curves where it names none. Of a view that cannot be read the state says why,
 * and the page shows what it did: the link's experiment is there.
 */
export function showView(store: StoreApi<AppState>, { experiment, view }: Link): void {
  if (view === null) {
    store.setState(({ inside }) => ({ inside: { ...inside, isShown: false } }));
    return;
  }
  try {
    const { question, nets, ...named } = decodeView(view);
    store.setState(({ inside }) => ({
      inside: {
        ...inside,
        ...named,
        isShown: true,
        questions: { ...inside.questions, [named.view]: question },
        nets: nets && nets.map((net) => keyOf(net, experiment.lanes)),
      },
    }));
  } catch (error) {
    if (!(error instanceof LinkError)) throw error;
    store.setState({ linkFault: { kind: 'view', detail: error.detail, isDefault: false } });
  }
}

/** A lane that the experiment lacks is a net that is not here: the views say so. */
const keyOf = (net: number | string, lanes: readonly { readonly id: string }[]): string =>
  typeof net === 'string' ? net : laneKey(lanes[net]?.id ?? String(net));
