import type { LookedAt } from '../../app/inside/view.ts';
import { landscape as words } from './enLandscape.ts';
import type { LineAnswer } from './landscape.ts';

/** From where to where a line goes. */
export function lineEnds(nets: readonly LookedAt[], { step }: Pick<LineAnswer, 'step'>) {
  const [first, second] = nets;
  const name = first?.name ?? '';
  if (step === null) {
    // Nets of one shape may have one name.
    const other = second?.name ?? '';
    return { from: name, to: other, styles: [first?.style, second?.style] };
  }
  return { from: words.momentOf(name, step), to: name, styles: [first?.style, first?.style] };
}
