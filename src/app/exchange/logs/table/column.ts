/** The cells of one column, kept as numbers. */
import { isEmptyCell, readNumberCell, type NumberFormat } from './numberFormat.ts';

export const EMPTY = 0;
export const NUMBER = 1;
export const TEXT = 2;

/** What is known of a column as a whole: enough to guess what it means, and small enough to be sent to the page. */
export interface ColumnFacts {
  /** As it stands in the file; empty if it has none. */
  readonly name: string;
  /** Cells that are numbers (NaN and Infinity included), that are text, and numbers with a % behind them. */
  readonly numbers: number;
  readonly texts: number;
  readonly percents: number;
  /** Of the finite numbers; Infinity and -Infinity if there are none. */
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
  readonly hasZero: boolean;
  readonly hasOne: boolean;
  /** Different cells, those in which nothing stands left out; null if there are too many to be names. */
  readonly names: readonly string[] | null;
}

export interface Column extends ColumnFacts {
  /** EMPTY, NUMBER or TEXT. */
  readonly stateAt: (row: number) => number;
  /** Where the cell is a number. */
  readonly numberAt: (row: number) => number;
  /** As it stands in the file, as far as that was kept. */
  readonly textAt: (row: number) => string;
  /** The index in `names` of the cell; -1 where it is empty, or no names were kept. */
  readonly nameAt: (row: number) => number;
}

/** Whether a column can be a curve or a count: what cannot be read is the exception. */
export const isNumeric = ({ numbers, texts }: ColumnFacts): boolean => numbers > 0 && numbers >= texts;

/** More different cells than these are no names: of runs, of curves. */
const MOST_NAMES = 1024;
/** Cells of text that are kept for messages, where there are too many names. */
const MOST_TEXTS = 200;
/** Characters that are kept of a cell: a note of ours, and a run's history, are long. */
const LONGEST_TEXT = 20_000;

export class ColumnBuilder {
  #numbers = new Float64Array(256);
  #states = new Uint8Array(256);
  #codes: Uint16Array | null = new Uint16Array(256);
  readonly #codeOf = new Map<string, number>();
  readonly #texts = new Map<number, string>();
  #facts = { numbers: 0, texts: 0, percents: 0, min: Infinity, max: -Infinity, whole: true, hasZero: false, hasOne: false }; // prettier-ignore

  constructor(readonly name: string) {}

  /** Whether anything stands in the cell. Rows that are passed over stay empty. */
  set(row: number, cell: string, format: NumberFormat): boolean {
    if (cell === '') return false;
    this.#grow(row);
    // A run may be called "none".
    if (this.#codes) this.#remember(this.#codes, row, cell);
    if (isEmptyCell(cell)) return false;
    const number = readNumberCell(cell, format);
    if (number === null) {
      this.#states[row] = TEXT;
      this.#facts.texts++;
      if (this.#texts.size < MOST_TEXTS) this.#texts.set(row, cell.slice(0, LONGEST_TEXT));
    } else {
      this.#count(row, number);
      if (cell.endsWith('%')) this.#facts.percents++;
    }
    return true;
  }

  setNumber(row: number, number: number): void {
    this.#grow(row);
    this.#count(row, number);
    if (this.#codes) this.#remember(this.#codes, row, String(number));
  }

  #count(row: number, number: number): void {
    this.#states[row] = NUMBER;
    this.#numbers[row] = number;
    const facts = this.#facts;
    facts.numbers++;
    if (!Number.isFinite(number)) return;
    if (number < facts.min) facts.min = number;
    if (number > facts.max) facts.max = number;
    if (number === 0) facts.hasZero = true;
    if (number === 1) facts.hasOne = true;
    if (facts.whole && !Number.isInteger(number)) facts.whole = false;
  }

  #remember(codes: Uint16Array, row: number, cell: string): void {
    const key = cell.length > LONGEST_TEXT ? cell.slice(0, LONGEST_TEXT) : cell;
    let code = this.#codeOf.get(key);
    if (code === undefined) {
      if (this.#codeOf.size === MOST_NAMES) {
        this.#codes = null;
        this.#codeOf.clear();
        return;
      }
      code = this.#codeOf.size + 1;
      this.#codeOf.set(key, code);
    }
    codes[row] = code;
  }

  #grow(row: number): void {
    if (row < this.#states.length) return;
    const length = Math.max(2 * this.#states.length, row + 1);
    this.#numbers = grown(new Float64Array(length), this.#numbers);
    this.#states = grown(new Uint8Array(length), this.#states);
    if (this.#codes) this.#codes = grown(new Uint16Array(length), this.#codes);
  }

  finish(): Column {
    const [numbers, states, codes, texts] = [this.#numbers, this.#states, this.#codes, this.#texts];
    const names = codes && [...this.#codeOf.keys()];
    const nameAt = (row: number) => (codes?.[row] ?? 0) - 1;
    const { whole, ...facts } = this.#facts;
    return {
      ...facts,
      name: this.name,
      whole: whole && facts.numbers > 0,
      names,
      stateAt: (row) => states[row] ?? EMPTY,
      numberAt: (row) => numbers[row] ?? NaN,
      nameAt,
      textAt: (row) => {
        const name = names?.[nameAt(row)];
        if (name !== undefined) return name;
        if (states[row] === NUMBER) return String(numbers[row]);
        return texts.get(row) ?? (states[row] === TEXT ? '\u2026' : '');
      },
    };
  }
}

function grown<T extends Float64Array | Uint8Array | Uint16Array>(larger: T, values: T): T {
  larger.set(values);
  return larger;
}

/** The cells of a column in the rows that `isIn` names, seen as a column of its own. */
export function filteredColumn(
  column: Column,
  name: string,
  rows: number,
  isIn: (row: number) => boolean,
): Column {
  const facts = {
    numbers: 0,
    texts: 0,
    min: Infinity,
    max: -Infinity,
    whole: true,
    hasZero: false,
    hasOne: false,
  };
  for (let row = 0; row < rows; row++) {
    if (!isIn(row)) continue;
    const state = column.stateAt(row);
    if (state === TEXT) facts.texts++;
    if (state !== NUMBER) continue;
    facts.numbers++;
    const number = column.numberAt(row);
    if (!Number.isFinite(number)) continue;
    facts.min = Math.min(facts.min, number);
    facts.max = Math.max(facts.max, number);
    facts.hasZero ||= number === 0;
    facts.hasOne ||= number === 1;
    facts.whole &&= Number.isInteger(number);
  }
  return {
    ...column,
    ...facts,
    name,
    stateAt: (row) => (isIn(row) ? column.stateAt(row) : EMPTY),
    nameAt: (row) => (isIn(row) ? column.nameAt(row) : -1),
    textAt: (row) => (isIn(row) ? column.textAt(row) : ''),
  };
}
