/** How tiles of several nets are laid out. */

export const BETWEEN = 4;
/** Few tiles are larger. */
const [FEW, LARGE, SMALL] = [16, 68, 48];
/** Narrowest panel of a net, and the room between two. */
const LEAST = 270;
const APART = 24;

export interface Tiled {
  /** Nets beside each other, and the width of each with what is between them. */
  readonly columns: number;
  readonly panelWidth: number;
  /** Tiles beside each other in a net's panel. */
  readonly across: number;
  /** Pixels along a tile's edge. */
  readonly size: number;
  /** Heights of the rows of panels. */
  readonly rows: readonly number[];
}

/** `counts`: how many tiles each net has. */
export function tiled(counts: readonly number[], width: number): Tiled {
  const size = Math.max(...counts) <= FEW ? LARGE : SMALL;
  const fit = Math.max(1, Math.floor((width + APART) / (LEAST + APART)));
  const down = Math.ceil(counts.length / fit);
  const columns = Math.max(1, Math.ceil(counts.length / Math.max(1, down)));
  const panelWidth = (width + APART) / columns;
  const room = Math.floor((panelWidth - APART + BETWEEN) / (size + BETWEEN));
  // Powers of two are as many as filters are: full rows.
  const across = Math.max(1, Math.min(16, 2 ** Math.floor(Math.log2(Math.max(1, room)))));
  const rows = Array.from(
    { length: down },
    (_, row) =>
    Math.max(...counts.slice(row * columns, (row + 1) * columns).map((count) => Math.ceil(count / across) * (size + BETWEEN))), // prettier-ignore
  ).map((tall) => tall + 16);
  return { columns, panelWidth, across, size, rows };
}
