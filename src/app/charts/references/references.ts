import { paperReference } from '../enCharts.ts';
import { lastResult } from '../../runs/allRuns.ts';
import { paperReferences } from './paperReferences.ts';
import { guessReferences } from './guessing.ts';
import type { Reference } from './reference.ts';
import type { AppState } from '../../state/AppState.ts';
import type { Quantity } from '../curves/curve.ts';

const published = paperReferences(paperReference);

const errorReferences = lastResult(
  (state: AppState) => [published(state)] as const,
  ([lines]): readonly Reference[] => [
    ...guessReferences.error,
    ...lines.map((line) => ({ ...line, stretches: true, style: null })),
  ],
);

/** What the curves of a chart are compared with: guessing and, if they are wanted, the paper's numbers for these nets. */
export const referencesOf = (state: AppState, quantity: Quantity): readonly Reference[] =>
  quantity === 'error' && state.view.paper ? errorReferences(state) : guessReferences[quantity];
