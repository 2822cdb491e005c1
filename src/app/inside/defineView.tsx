import * as v from 'valibot';
import { differing } from './differing.ts';
import type { AnyView, ViewDefinition } from './view.ts';

/** A view as the page handles it: what is asked and answered is checked where it comes in, and known only to the view. */
export function defineView<Q extends object, A>(view: ViewDefinition<Q, A>): AnyView {
  const { id, words, initial, isLive, nets = { least: 1, most: 4 }, Settings, Drawing, here, layer } = view;
  return {
    id,
    words,
    initial,
    isLive,
    nets,
    with(asked, picture, chosen = null) {
      if (typeof asked !== 'object' || asked === null || Array.isArray(asked)) return null;
      const read = v.safeParse(view.question, { ...initial, ...asked });
      if (!read.success) return null;
      const question = layer && chosen !== null ? layer.with(read.output, chosen) : read.output;
      return {
        asks: view.asks ? view.asks(question, picture) : question,
        further: (net, before = null, index = 0) =>
          view.further?.(question, net, before === null ? null : v.parse(view.answer, before), index) ?? [],
        joined: (before, answer) =>
          view.joined ? view.joined(v.parse(view.answer, before), v.parse(view.answer, answer)) : answer,
        cost: (looked) => view.cost(question, looked),
        settings: (change, looked) =>
          Settings ? (
            <Settings
              question={question}
              change={(next) =>
                change(
                  layer
                    ? {
                        // What is chosen for all views stands there alone.
                        question: differing(
                          layer.of(next) === null ? next : layer.with(next, layer.of(initial)),
                          initial,
                        ),
                        layer: layer.of(next),
                      }
                    : { question: differing(next, initial) },
                )
              }
              nets={looked}
            />
          ) : null,
        here: here ? (looked) => here(question, looked) : null,
        answered(looked, given) {
          const answered = { nets: looked, question, answer: v.parse(view.answer, given) };
          return {
            drawing: <Drawing {...answered} />,
            table: view.table(answered),
            summary: view.summary(answered),
          };
        },
      };
    },
  };
}
