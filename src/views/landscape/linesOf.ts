import type { LookedAt } from '../../app/inside/view.ts';
import { landscape as words } from './enLandscape.ts';
import type { LineAnswer } from './landscape.ts';

/** The lines of an answer with their nets, and from where to where each goes. */
export function linesOf(nets: readonly LookedAt[], { lines }: LineAnswer) {
  return lines.flatMap((line, i) => {
    const net = nets[i];
    const to = line.step === null ? nets[1] : net;
    if (!net || !to) return [];
    const from = line.step === null ? net.name : words.momentOf(net.name, line.step);
    return { line, net, to, from };
  });
}
