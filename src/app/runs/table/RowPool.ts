export interface Pooled {
  readonly key: string;
  /** What looks alike: a row is handed on within its kind. Null for what is not handed on. */
  readonly kind: string | null;
}

/**
 * Which drawn row shows which item: one that scrolls out of sight is given to one that comes into sight. A row that is there needs other
 * texts only; one that is made anew needs its styles and its layout, too, which takes most of the time of a frame.
 */
export class RowPool {
  #rows: ReadonlyMap<string, { readonly row: number; readonly kind: string | null }> = new Map();
  #next = 0;

  /** Finds a row for each item. Where rows are not handed on, new items have new rows. */
  assign(items: readonly Pooled[], handsOn: boolean): void {
    const wanted = new Set(items.map(({ key }) => key));
    const free = new Map<string | null, number[]>();
    if (handsOn) {
      for (const [key, { row, kind }] of this.#rows) {
        if (!wanted.has(key) && kind !== null) free.set(kind, [...(free.get(kind) ?? []), row]);
      }
    }
    this.#rows = new Map(
      items.map(({ key, kind }) => {
        const row = this.#rows.get(key)?.row ?? free.get(kind)?.shift() ?? this.#next++;
        return [key, { row, kind }] as const;
      }),
    );
  }

  /** The row of an item that has one. */
  rowOf(key: string): number {
    return this.#rows.get(key)?.row ?? -1;
  }
}
