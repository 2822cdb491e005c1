/**
 * Where a net is cut into segments for recomputation, and what that costs. Only the outputs between segments stay through the whole step;
 * the insides of one segment at a time come on top.
 */
import type { Graph, LayerIndex } from './graph.ts';
import { INPUT } from './graph.ts';
import { inputsOf, readsAgain, trainingPass, type PassStep, type Segments } from './passes.ts';
import type { GraphSize, MapShape } from './shapes.ts';

export interface Recomputation {
  /** Float32 numbers for one image, at the fullest moment of a step: outputs that are held, and gradients on their way. */
  readonly held: number;
  /** Of the layers that are computed twice: how many there are, the numbers of their outputs and their multiply-adds for one image. */
  readonly layers: number;
  readonly activations: number;
  readonly multiplyAdds: number;
}

/**
 * Segments of whole blocks for which a step holds least: of those after which each segment, with all that the ones before it left, takes no
 * more than `most` numbers, the longest; and the smallest such `most`. With n equal blocks of 4 maps they hold about sqrt(8 n) maps in place
 * of 4 n: early segments are long, since few stand before them.
 */
export function segmentsOf(graph: Graph, size: GraphSize): Segments {
  const units = unitsOf(graph, size);
  let [tooFew, enough] = [0, units.reduce((sum, unit) => sum + unit.inside, 0)];
  while (enough - tooFew > 1) {
    const middle = Math.floor((enough + tooFew) / 2);
    if (cutBy(units, middle)) enough = middle;
    else tooFew = middle;
  }
  return cutBy(units, enough)!;
}

/** What training a net by these segments costs. */
export function recomputationBy(segments: Segments, graph: Graph, size: GraphSize): Recomputation {
  const pass = trainingPass(graph, segments);
  const again = pass.flatMap(({ kind, layer }) => (kind === 'again' ? [size.layers[layer]!] : []));
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
  return {
    held: mostHeld(pass, graph, size),
    layers: again.length,
    activations: sum(again.map(({ output }) => numbersOf(output))),
    multiplyAdds: sum(again.map(({ multiplyAdds }) => multiplyAdds)),
  };
}

/** Numbers of one image that a pass holds at its fullest: outputs, and the gradients that have arrived at them. */
export function mostHeld(pass: readonly PassStep[], graph: Graph, size: GraphSize): number {
  const numbers = size.layers.map(({ output }) => numbersOf(output));
  const arrived = new Set<LayerIndex>();
  let [held, most] = [0, 0];
  for (const { kind, layer, frees } of pass) {
    if (kind === 'backward') {
      const inputs = inputsOf(graph.layers[layer]!).filter((input) => input !== INPUT);
      for (const input of inputs) held += numbers[input]!;
      most = Math.max(most, held);
      // Where another gradient has arrived the two become one; the output's own has been used.
      for (const input of inputs) if (arrived.has(input)) held -= numbers[input]!;
      for (const input of inputs) arrived.add(input);
      held -= numbers[layer]!;
    } else {
      held += numbers[layer]!;
      most = Math.max(most, held);
    }
    for (const output of frees) held -= numbers[output]!;
  }
  return most;
}

/** A block, or the layers before the first and after the last. Segments are made of whole ones. */
interface Unit {
  readonly first: LayerIndex;
  /** Numbers of its outputs that its way back reads. */
  readonly inside: number;
  /** Numbers that what comes later reads of it and of those before it. */
  readonly left: number;
}

function unitsOf({ layers }: Graph, size: GraphSize): readonly Unit[] {
  const numbers = (output: LayerIndex) => numbersOf(size.layers[output]!.output);
  const lastReader = layers.map((_, output) => output);
  layers.forEach((layer, reader) => {
    for (const input of inputsOf(layer)) if (input !== INPUT) lastReader[input] = reader;
  });
  const firsts = layers.flatMap((layer, i) => {
    const before = layers[i - 1];
    return before?.stage === layer.stage && before.block === layer.block ? [] : [i];
  });
  let open: readonly LayerIndex[] = [];
  return firsts.map((first, i) => {
    const end = firsts[i + 1] ?? layers.length;
    const own = Array.from({ length: end - first }, (_, j) => first + j);
    const read = new Set(own.flatMap((layer) => readsAgain(layers[layer]!, layer)));
    const sum = (outputs: readonly LayerIndex[]) =>
      outputs.reduce((total, output) => total + numbers(output), 0);
    open = [...open, ...own].filter((output) => lastReader[output]! >= end);
    return { first, inside: sum(own.filter((output) => read.has(output))), left: sum(open) };
  });
}

/** The longest segments, from the first unit on, that take no more than `most` with what the ones before them left; null if there are none. */
function cutBy(units: readonly Unit[], most: number): Segments | null {
  const segments: LayerIndex[] = [];
  let [before, inside] = [0, 0];
  for (const [i, unit] of units.entries()) {
    if (i > 0 && before + inside + unit.inside <= most) {
      inside += unit.inside;
      continue;
    }
    before += units[i - 1]?.left ?? 0;
    inside = unit.inside;
    if (before + inside > most) return null;
    segments.push(unit.first);
  }
  return segments;
}

const numbersOf = ({ height, width, channels }: MapShape): number => height * width * channels;
