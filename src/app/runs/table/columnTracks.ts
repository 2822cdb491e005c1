/** How wide the columns of a long table are: the same for all rows, whichever are in sight. */
import { columnTerms } from './columnTerms.ts';
import { columns } from './enRunsTable.ts';
import { cellText, stateText } from './rowTexts.ts';
import type { ColumnKey, RunFacts } from './runFacts.ts';
import { valuesOf } from './runsTable.ts';

declare module 'react' {
  interface CSSProperties {
    /** Tracks of a grid: see {@link columnTracks}. */
    readonly '--runs-columns'?: string;
    /** How wide a row is at least. */
    readonly '--runs-width'?: string;
  }
}

/** Letters of a column's longest text at most; what is longer is cut. */
const WIDEST = 26;
const NARROWEST = 5;
/** Letters more for what stands beside a name: its tags, and below it, what it is a branch of. */
const BESIDE_NAME = 5;
/** Of a name so many have room in any case; it is given most of what is left. */
const WIDEST_NAME = 16;
/** The sign beside a heading, in letters. */
const SIGN = 4;
/** How wide a letter of the mean is, in widths of a figure: texts have narrow letters, too. */
const MEAN_LETTER = 0.86;
/** "59m 55s", "12h 10m" */
const DURATION = 8;
/** "Nov 21, 2026, 14:05" */
const MOMENT = 20;
const MOMENTS = 13;
/** The column that leads, that of the curve, that of the menu: as wide as their controls (table.css). */
const FIXED = ['var(--runs-lead)', 'var(--runs-curve)', 'var(--runs-menu)'] as const;
/** Between two columns, in pixels. */
const GAP = 12;

export interface Tracks {
  readonly columns: string;
  readonly width: string;
}

export function columnTracks(
  keys: readonly ColumnKey[],
  rows: readonly RunFacts[],
  showsMoments: boolean,
): Tracks {
  const [lead, curve, menu] = FIXED;
  const letters = [...columnLetters(keys, rows), ...(showsMoments ? [MOMENTS] : [])].map((count) =>
    Math.ceil(MEAN_LETTER * count),
  );
  const facts = letters.map((count, i) => {
    const least = `calc(${count}ch + ${GAP}px)`;
    // What is left is the names', which are cut first.
    return keys[i] === 'name' ? `minmax(${least}, 5fr) ${curve}` : `minmax(${least}, 1fr)`;
  });
  const sum = letters.reduce((all, count) => all + count, 0);
  return {
    columns: [lead, ...facts, menu].join(' '),
    width: `calc(${FIXED.join(' + ')} + ${sum}ch + ${GAP * letters.length}px)`,
  };
}

export const columnLetters = (keys: readonly ColumnKey[], rows: readonly RunFacts[]): readonly number[] =>
  keys.map((key) => {
    // A heading breaks between its words, but not before the sign that says what it means.
    const heading =
      Math.max(...columns[key].split(' ').map(({ length }) => length)) + (columnTerms[key] ? SIGN : 0);
    const widest = key === 'name' ? WIDEST_NAME : WIDEST;
    const longest = Math.min(widest, Math.max(NARROWEST, longestIn(key, rows) + 1, heading + 1));
    return longest + (key === 'name' ? BESIDE_NAME : 0);
  });

/** Letters of the longest text in a column. Of thousands of rows few texts are made: those that can be the longest. */
function longestIn(key: ColumnKey, rows: readonly RunFacts[]): number {
  switch (key) {
    case 'name':
      return most(rows, ({ run }) => run.name.length);
    case 'state':
      return most(rows, ({ run }) => stateText(run).length);
    case 'created':
      return MOMENT;
    case 'seconds':
      return DURATION;
    case 'steps':
    case 'trainingError':
    case 'testError':
    case 'speed': {
      const greatest = most(rows, (row) => row[key] ?? 0);
      return most(
        rows.filter((row) => row[key] === greatest).slice(0, 1),
        (row) => cellText(row, key).length,
      );
    }
    default:
      return most(valuesOf(rows, key), (row) => cellText(row, key).length);
  }
}

const most = (rows: readonly RunFacts[], of: (row: RunFacts) => number): number =>
  rows.reduce((greatest, row) => Math.max(greatest, of(row)), 0);
