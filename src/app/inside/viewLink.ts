/** The view that is shown, in the link of its experiment: written and read here, which comes with the views. */
import { useEffect, useLayoutEffect } from 'react';
import { LinkError } from '../../model/linkError.ts';
import { decodeView, encodeView } from '../../model/linkView.ts';
import type { AppState } from '../state/AppState.ts';
import { useApp, useAppState } from '../state/hooks/AppContext.ts';
import { laneKey, type Inside } from '../state/inside.ts';
import { readDraft } from '../state/readDraft.ts';

type Read = Pick<AppState, 'inside' | 'draft'>;

/** Reads what a link says of the view into the state, and writes what the state says of it for links. */
export function useViewLink(): void {
  const app = useApp();
  const given = useAppState(({ inside }) => inside.given);
  const link = useAppState(linkOfView);
  useLayoutEffect(() => {
    if (given !== null) app.setInside(givenView(given, app.store.getState()));
  }, [app, given]);
  useEffect(() => {
    if (given === null) app.setInside({ link });
  }, [app, given, link]);
}

/** What stands behind `&view=`. Nets of the experiment are named by their place in it. */
export function linkOfView({ inside, draft }: Read): string {
  const { view, questions, nets, step, layer } = inside;
  const lanes = nets ? (readDraft(draft).experiment?.lanes ?? []) : [];
  const placeOf = (key: string) => lanes.findIndex(({ id }) => laneKey(id) === key);
  return encodeView({
    view,
    question: questions[view] ?? {},
    nets: nets && nets.map((key) => (placeOf(key) < 0 ? key : placeOf(key))),
    step,
    layer,
  });
}

/** What a link says of the view; of one that cannot be read, what is wrong: everything else stays. */
export function givenView(text: string, { inside, draft }: Read): Partial<Inside> {
  try {
    const { question, nets, ...named } = decodeView(text);
    const lanes = readDraft(draft).experiment?.lanes ?? [];
    // A lane that the experiment lacks is a net that is not here: the views say so.
    const keyOf = (net: number | string) =>
      typeof net === 'string' ? net : laneKey(lanes[net]?.id ?? String(net));
    return {
      ...named,
      given: null,
      fault: null,
      questions: { ...inside.questions, [named.view]: question },
      nets: nets && nets.map(keyOf),
    };
  } catch (error) {
    if (!(error instanceof LinkError)) throw error;
    return { given: null, fault: error.detail };
  }
}
