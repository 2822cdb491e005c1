import { fitted, measureIn } from '../plot/textWidth.ts';
import { MARGIN } from './pictureSize.ts';
import { marker, strokeOf } from './svgMarker.ts';
import { round, svgText } from './svgText.ts';
import type { ChartPicture } from './chartPicture.ts';

const SIZE = 26;
const ROW = 40;
const MOST_ROWS = 3;
const SAMPLE = 46;

interface Entry {
  readonly name: string;
  readonly draw: (x: number, y: number) => string;
}

/** Whose the lines are, in rows of `width` whose last has its foot at `foot`; and apart from them what solid and dashed mean. */
export function placeLegend(
  { curves, words, more, color }: ChartPicture,
  { width, foot }: { readonly width: number; readonly foot: number },
) {
  const ink = color('--ink');
  const entries = curves.map(({ name, style, faint }): Entry => ({
    name,
    draw: (x, y) => {
      const line = sample(4, '', strokeOf(style, color))(x, y) + marker(style, x + SAMPLE / 2, y, color);
      return faint ? `<g opacity="0.5">${line}</g>` : line;
    },
  }));
  const measure = measureIn(SIZE);
  const placed: { x: number; row: number; entry: Entry }[] = [];
  let [x, row] = [0, 0];
  for (const [i, given] of entries.entries()) {
    const entry = { ...given, name: fitted(given.name, 500, measure) };
    const own = SAMPLE + 12 + measure(entry.name) + 34;
    if (x > 0 && x + own > width) [x, row] = [0, row + 1];
    // The last row ends with the number of those that have no place.
    const rest = entries.length - i;
    const isLast = row === MOST_ROWS - 1 && rest > 1 && x + own + 200 > width;
    if (isLast || row === MOST_ROWS) {
      placed.push({ x: x - SAMPLE - 12, row, entry: { name: more(rest), draw: () => '' } });
      break;
    }
    placed.push({ x, row, entry });
    x += own;
  }
  const top = foot - row * ROW;
  const parts = placed.flatMap(({ x: left, row: line, entry }) => {
    const y = top + line * ROW;
    return [
      entry.draw(MARGIN + left, y - 9),
      svgText(MARGIN + left + SAMPLE + 12, y, entry.name, { size: SIZE, fill: ink }),
    ];
  });
  return {
    top: top - SIZE,
    parts,
    key: (left: number, y: number) => keyOf({ curves, words, color }, left, y),
  };
}

const sample = (width: number, dashes: string, shade: string) => (x: number, y: number) =>
  `<path d="M${round(x)} ${round(y)}h${SAMPLE}" stroke="${shade}" stroke-width="${width}"${dashes}/>`;

/** What solid and dashed mean, from `left` on. */
function keyOf(
  { curves, words, color }: Pick<ChartPicture, 'curves' | 'words' | 'color'>,
  left: number,
  y: number,
) {
  const soft = color('--soft');
  const hasTest = curves.some((curve) => curve.test.length > 0);
  const isDashed = curves.some((curve) => curve.rawExtrema !== null);
  const entries: readonly Entry[] = [
    ...(hasTest && words.test ? [{ name: words.test, draw: sample(5, '', soft) }] : []),
    ...(isDashed ? [{ name: words.training, draw: sample(3, ' stroke-dasharray="9 7"', soft) }] : []),
  ];
  let x = left;
  return entries.flatMap(({ name, draw }) => {
    const at = x;
    x += SAMPLE + 12 + measureIn(22)(name) + 34;
    return [draw(at, y - 8), svgText(at + SAMPLE + 12, y, name, { size: 22, fill: soft })];
  });
}
