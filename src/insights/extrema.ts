/** Fewer points for the same picture: the extremes of a growing series, kept in blocks of 8, 16, 32 ... values. */

/** Values of the smallest blocks. */
const LEAF = 8;

/** For each block of one size the index of its smallest, its largest and its first value that is not finite, or -1. */
interface Level {
  readonly least: number[];
  readonly most: number[];
  readonly broken: number[];
}

/**
 * Blocks begin at multiples of their size, so that a line does not shimmer while it grows; and a new value changes one
 * block of each size, so that a chart that is drawn again costs by its pixels, not by its steps.
 */
export class Extrema {
  #values: ArrayLike<number> = [];
  readonly #levels: Level[] = [];

  /** Values that it knows. */
  get length(): number {
    return this.#values.length;
  }

  /** Takes note of `values`; those of an earlier call must be its beginning. A shorter series changes nothing. */
  extend(values: ArrayLike<number>): this {
    const known = this.#values.length;
    if (values.length <= known) return this;
    this.#values = values;
    for (let k = 0, size = LEAF; k === 0 || size < 2 * values.length; k++, size *= 2) {
      const level = (this.#levels[k] ??= { least: [], most: [], broken: [] });
      const below = this.#levels[k - 1];
      // A level that is new has all blocks still to come.
      const first = Math.min(Math.floor(known / size), level.least.length);
      for (let block = first; block * size < values.length; block++) {
        if (below) this.#join(level, block, below);
        else this.#scan(level, block);
      }
    }
    return this;
  }

  /**
   * Indices in [from, to) to draw, ascending: the first and the last, every value of a block that is not narrow, and of
   * a narrow block its extremes and its first value that is not finite. `isNarrow` judges a block by its first and last
   * index: where it says that a few pixels hold them, nobody sees more.
   */
  pick(from: number, to: number, isNarrow: (first: number, last: number) => boolean): readonly number[] {
    const length = Math.min(to, this.#values.length);
    const kept: number[] = [];
    if (from >= length) return kept;
    const keep = (index: number) => {
      if (kept.length === 0 || index > kept.at(-1)!) kept.push(index);
    };
    const visit = (k: number, block: number): void => {
      const size = LEAF * 2 ** k;
      const first = block * size;
      const end = first + size;
      if (end <= from || first >= length) return;
      if (first >= from && end <= length && isNarrow(first, end - 1)) {
        const { least, most, broken } = this.#levels[k]!;
        for (const index of ascending(least[block]!, most[block]!, broken[block]!)) {
          if (index >= 0) keep(index);
        }
      } else if (k === 0) {
        for (let i = Math.max(first, from); i < Math.min(end, length); i++) keep(i);
      } else {
        visit(k - 1, 2 * block);
        visit(k - 1, 2 * block + 1);
      }
    };
    keep(from);
    visit(this.#levels.length - 1, 0);
    keep(length - 1);
    return kept;
  }

  #scan(level: Level, block: number): void {
    const values = this.#values;
    let least = -1;
    let most = -1;
    let broken = -1;
    for (let i = block * LEAF; i < Math.min(values.length, (block + 1) * LEAF); i++) {
      const value = values[i]!;
      if (!Number.isFinite(value)) {
        if (broken < 0) broken = i;
        continue;
      }
      if (least < 0 || value < values[least]!) least = i;
      if (most < 0 || value > values[most]!) most = i;
    }
    level.least[block] = least;
    level.most[block] = most;
    level.broken[block] = broken;
  }

  #join(level: Level, block: number, below: Level): void {
    const values = this.#values;
    const [a, b] = [2 * block, 2 * block + 1];
    const better = (left: number, right: number | undefined, isBetter: (x: number, y: number) => boolean) =>
      right === undefined || right < 0 || (left >= 0 && !isBetter(values[right]!, values[left]!))
        ? left
        : right;
    level.least[block] = better(below.least[a]!, below.least[b], (x, y) => x < y);
    level.most[block] = better(below.most[a]!, below.most[b], (x, y) => x > y);
    level.broken[block] = below.broken[a]! >= 0 ? below.broken[a]! : (below.broken[b] ?? -1);
  }
}

const ascending = (a: number, b: number, c: number): readonly number[] =>
  c < 0 ? (a <= b ? [a, b] : [b, a]) : [a, b, c].sort((x, y) => x - y);
