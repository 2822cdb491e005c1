import { charts as words, paperReference } from '../enCharts.ts';
import { quantityRow, type Quantity } from '../quantities.ts';
import { paperReferences } from './paperReferences.ts';
import type { Reference } from './reference.ts';
import type { AppState } from '../../state/AppState.ts';

const published = paperReferences(paperReference);

/** Selects what the curves of a chart are compared with: guessing and, if they are wanted, the paper's numbers for these nets. */
export function createReferences(quantity: Quantity): (state: AppState) => readonly Reference[] {
  const { guessing, paper } = quantityRow(quantity).references;
  const guesses: readonly Reference[] =
    guessing === null
      ? []
      : [
          {
            id: 'guessing',
            name: words.guessing,
            value: guessing,
            split: null,
            stretches: false,
            style: null,
          },
        ];
  return (state) =>
    paper && state.view.paper
      ? [
          ...guesses,
          ...published(state).map((line) => ({
            ...line,
            split: 'test' as const,
            stretches: true,
            style: null,
          })),
        ]
      : guesses;
}
