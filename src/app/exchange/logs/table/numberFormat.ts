/** How a table writes its numbers: which mark is the decimal point, which one groups thousands. */

export interface NumberFormat {
  readonly decimal: '.' | ',';
  /** Whether the other mark groups thousands; a blank and an apostrophe between digits always may. */
  readonly grouped: boolean;
}

export const plainFormat: NumberFormat = { decimal: '.', grouped: false };

/** Nothing longer is a number that anyone logged. */
const LONGEST_NUMBER = 64;

/** What stands where nothing was measured, in the words of pandas, R, Keras, Excel, SQL and Python. */
const emptyWords = new Set(['na', 'n/a', '<na>', '#n/a', '#na', 'none', 'null', 'nil', 'undefined', 'missing', '.', '?']); // prettier-ignore
const notNumbers = new Map([
  ['nan', NaN],
  ['-nan', NaN],
  ['-nan(ind)', NaN],
  ['#num!', NaN],
  ['inf', Infinity],
  ['infinity', Infinity],
  ['-inf', -Infinity],
  ['-infinity', -Infinity],
]);

const ZERO = 48;
const NINE = 57;
const MINUS = 45;
const LETTERS = 65;
const isDigit = (code: number) => code >= ZERO && code <= NINE;

/** Whether a cell says that nothing was measured: it is blank, a dash or rule, or a word such as NA. */
export function isEmptyCell(cell: string): boolean {
  if (cell === '') return true;
  const first = cell.charCodeAt(0);
  if (isDigit(first) || cell.length > LONGEST_NUMBER) return false;
  const text = cell.trim();
  return text === '' || /^[-\u2013\u2014=:]+$/.test(text) || emptyWords.has(text.toLowerCase());
}

/**
 * The number of a cell: "0.5", "1e-3", "12 %", "NaN", "inf"; by the table's format "0,5", "1,234.5" and "1 234" too. Null
 * for anything else, {@link isEmptyCell} included.
 */
export function readNumberCell(cell: string, format: NumberFormat): number | null {
  if (cell.length > LONGEST_NUMBER) return null;
  // Most cells are plain numbers. Not so "0x10", which JavaScript reads as well.
  const first = cell.charCodeAt(0);
  const second = cell.charCodeAt(1);
  const isPlain = isDigit(first)
    ? first !== ZERO || !(second >= LETTERS)
    : first === MINUS && isDigit(second);
  if (isPlain && format.decimal === '.') {
    const number = Number(cell);
    if (!Number.isNaN(number)) return number;
  }
  const text = cell.trim().replace(/\s*%$/, '').replace('\u2212', '-');
  const word = notNumbers.get(text.toLowerCase().replace(/^\+/, ''));
  if (word !== undefined) return word;
  const point = asPoint(text, format);
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(point) ? Number(point) : null;
}

const GROUPED =
  /^[+-]?[1-9]\d{0,2}(?:([., '\u00a0\u202f\u2019])\d{3})(?:\1\d{3})*(?:[.,]\d*)?(?:e[+-]?\d+)?$/i;

/** The same number with a point, and without marks between thousands. */
function asPoint(text: string, { decimal, grouped }: NumberFormat): string {
  const mark = GROUPED.exec(text)?.[1];
  const isGrouped = mark !== undefined && mark !== decimal && (grouped || (mark !== '.' && mark !== ','));
  const digits = isGrouped ? text.replaceAll(mark, '') : text;
  return decimal === ',' ? digits.replace(/^([+-]?\d*),(?=\d)/, '$1.') : digits;
}

/**
 * The format of a table by some of its cells, which stand between `delimiter`s. A mark that stands twice in a cell, or before the
 * other, groups thousands; one that cannot group them is the point. Where no cell tells, a comma is the point but where commas
 * separate fields.
 */
export function formatOf(cells: Iterable<string>, delimiter: string): NumberFormat {
  const seen = { '.': { decimal: false, group: false }, ',': { decimal: false, group: false } };
  let commas = false;
  for (const cell of cells) {
    if (cell.length > LONGEST_NUMBER || !/^\s*[+-]?[\d.,]/.test(cell)) continue;
    const text = cell
      .trim()
      .replace(/\s*%$/, '')
      .replace(/e[+-]?\d+$/i, '');
    if (!/^[+-]?[\d.,]+$/.test(text)) continue;
    const [comma, point] = [text.lastIndexOf(','), text.lastIndexOf('.')];
    commas ||= comma >= 0;
    for (const mark of ['.', ','] as const) {
      const last = mark === '.' ? point : comma;
      if (last < 0) continue;
      const other = mark === '.' ? comma : point;
      if (text.indexOf(mark) !== last || other > last) seen[mark].group = true;
      else if (other >= 0 || !/^[+-]?[1-9]\d{0,2}[.,]\d{3}$/.test(text)) seen[mark].decimal = true;
    }
  }
  if (!commas) return seen['.'].group ? { decimal: ',', grouped: true } : plainFormat;
  if (seen[','].decimal || seen['.'].group) return { decimal: ',', grouped: seen['.'].group };
  if (seen['.'].decimal || seen[','].group || delimiter === ',') return { decimal: '.', grouped: true };
  return { decimal: ',', grouped: false };
}
