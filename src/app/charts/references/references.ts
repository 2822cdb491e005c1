import { paperReference } from '../enCharts.ts';
import { paperReferences } from './paperReferences.ts';
import { guessReferences } from './guessing.ts';
import type { Reference } from './reference.ts';
import type { AppState } from '../../state/AppState.ts';
import type { Quantity } from '../curves/curve.ts';

const published = paperReferences(paperReference);

/** Selects what the curves of a chart are compared with: guessing and, if they are wanted, the paper's numbers for these nets. */
export function createReferences(quantity: Quantity): (state: AppState) => readonly Reference[] {
  const guesses = guessReferences[quantity];
  return (state) =>
    quantity === 'error' && state.view.paper
      ? [...guesses, ...published(state).map((line) => ({ ...line, stretches: true, style: null }))]
      : guesses;
}
