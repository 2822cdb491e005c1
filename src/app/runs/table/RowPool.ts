/**
 * Which drawn row shows which item: one that scrolls out of sight is given to one that comes into sight. A row that is there needs other
 * texts only; one that is made anew needs its styles and its layout, too, which takes most of the time of a frame.
 */
export class RowPool {
  #rows: ReadonlyMap<string, number> = new Map();
  #next = 0;

  /** The row of each item, by the items' keys. Where rows are not handed on, new items have new rows. */
  assign(keys: readonly string[], handsOn: boolean): ReadonlyMap<string, number> {
    const wanted = new Set(keys);
    const free = handsOn ? [...this.#rows].flatMap(([key, row]) => (wanted.has(key) ? [] : [row])) : [];
    this.#rows = new Map(keys.map((key) => [key, this.#rows.get(key) ?? free.shift() ?? this.#next++]));
    return this.#rows;
  }
}
