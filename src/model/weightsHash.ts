/** A short sign of a net's initial weights: nets that show the same begin as the same numbers, to the last bit. */
import type { ModelConfig } from './config.ts';
import { buildGraph } from './graph.ts';
import { initialSlot, layoutOf } from './parameters.ts';
import { createRandom } from './random.ts';

/**
 * Eight hexadecimal digits of the initial weights of `model` under `seed`: FNV-1a over the bits of every trainable
 * number, in the order of the flat array. It is a check and no proof: two different nets share it once in four thousand
 * millions. A generator that gives
 * the numbers drawn since it was last asked, because a deep net has a million numbers to draw and a page has other things to do.
 */
export function* hashInitialWeights(model: ModelConfig, seed: number): Generator<number, string> {
  const graph = buildGraph(model);
  const random = createRandom(seed).fork('weights');
  let hash = 0x811c9dc5;
  for (const slot of layoutOf(graph).trainable) {
    const values = initialSlot(graph, slot, random);
    hash = fnv(hash, new Uint32Array(values.buffer));
    yield slot.size;
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** The hash whole, where there is time for it. */
export function initialWeightsHash(model: ModelConfig, seed: number): string {
  const steps = hashInitialWeights(model, seed);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** FNV-1a by 32-bit words, with a shift so that high bits of a word reach low bits of the hash. */
function fnv(start: number, words: Uint32Array): number {
  let hash = start;
  for (const word of words) {
    hash = Math.imul(hash ^ word, 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash;
}
