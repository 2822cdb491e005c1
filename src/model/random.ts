/**
 * The only source of randomness of the project: a small seeded generator that can be forked by name, so that
 * what is drawn for one purpose never depends on how much was drawn for another.
 *
 * The generator is sfc32 (Chris Doty-Humphrey, PractRand), seeded through MurmurHash3's finaliser.
 */
export interface Random {
  /** A uniform number in [0, 1), 32 bits of resolution. */
  readonly uniform: () => number;
  /** A uniform integer in [0, limit). */
  readonly integer: (limit: number) => number;
  /** A standard normal number (Box-Muller). */
  readonly normal: () => number;
  /** A uniformly random order of 0 .. length - 1 (Fisher-Yates). */
  readonly permutation: (length: number) => Uint32Array;
  /** An independent generator; the same path of names gives the same numbers, whatever was drawn before. */
  readonly fork: (...names: readonly (string | number)[]) => Random;
}

/** A generator whose every number follows from `seed` alone. */
export function createRandom(seed: number | string): Random {
  return fromKey(hash(0x9e3779b9, String(seed)));
}

function fromKey(key: number): Random {
  const next = sfc32(mix(key ^ 0x243f6a88), mix(key ^ 0x85a308d3), mix(key ^ 0x13198a2e), key);
  let spare: number | undefined;

  const uniform = () => next() / 4294967296;
  const integer = (limit: number) => Math.floor(uniform() * limit);
  return {
    uniform,
    integer,
    normal() {
      if (spare !== undefined) {
        const value = spare;
        spare = undefined;
        return value;
      }
      const radius = Math.sqrt(-2 * Math.log((next() + 0.5) / 4294967296));
      const angle = 2 * Math.PI * uniform();
      spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
    permutation(length) {
      const order = Uint32Array.from({ length }, (_, i) => i);
      for (let i = length - 1; i > 0; i--) {
        const j = integer(i + 1);
        const held = order[i]!;
        order[i] = order[j]!;
        order[j] = held;
      }
      return order;
    },
    fork: (...names) => fromKey(names.reduce<number>((k, name) => hash(k, String(name)), key)),
  };
}

/** MurmurHash3's 32-bit finaliser. */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function hash(key: number, text: string): number {
  let h = mix(key ^ (text.length + 1));
  for (let i = 0; i < text.length; i++) h = mix(Math.imul(h, 0x01000193) ^ text.charCodeAt(i));
  return h;
}

function sfc32(a: number, b: number, c: number, counter: number): () => number {
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 15; i++) next();
  return next;
}
