import type { LookedAt } from '../../app/inside/view.ts';
import { buildGraph } from '../../model/graph.ts';
import { gradCam as words } from './enGradCam.ts';
import { shownLayer } from './layers.ts';

/** Why nets have nothing to show for this layer, a sentence each; nothing of those that have. */
export const missingOf = (nets: readonly LookedAt[], layer: string | null): readonly string[] =>
  nets.flatMap(({ name, model }) => {
    const shown = shownLayer(buildGraph(model), layer);
    return typeof shown === 'string' ? [words.missing[shown](name, layer ?? '')] : [];
  });

export const MISSING_LINE = 18;

export function Missing({
  said,
  x,
  y,
}: {
  readonly said: readonly string[];
  readonly x: number;
  readonly y: number;
}) {
  return said.map((sentence, i) => (
    <text key={sentence} className="panel-tick" x={x} y={y + i * MISSING_LINE + 12}>
      {sentence}
    </text>
  ));
}
