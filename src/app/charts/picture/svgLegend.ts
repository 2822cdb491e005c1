import { fitted, measureIn } from '../plot/textWidth.ts';
import { MARGIN, PICTURE_HEIGHT, PICTURE_WIDTH } from './pictureSize.ts';
import { marker, strokeOf } from './svgMarker.ts';
import { round, svgText } from './svgText.ts';
import type { ChartPicture } from './chartPicture.ts';

export const LEGEND_ROW = 36;
const MOST_LEGEND_ROWS = 5;

/** What the lines mean and whose they are, in rows at the foot. */
export function placeLegend({ curves, words, more, color }: ChartPicture) {
  const ink = color('--ink');
  const hasTest = curves.some((curve) => curve.test.length > 0);
  const isDashed = curves.some((curve) => curve.rawExtrema !== null);
  const sample = (width: number, dashes: string, shade: string) => (x: number, y: number) =>
    `<path d="M${round(x)} ${y}h46" stroke="${shade}" stroke-width="${width}"${dashes}/>`;
  const entries = [
    ...(hasTest ? [{ name: words.test, draw: sample(5, '', ink) }] : []),
    ...(isDashed ? [{ name: words.training, draw: sample(3, ' stroke-dasharray="9 7"', ink) }] : []),
    ...curves.map(({ name, style, faint }) => ({
      name,
      draw: (x: number, y: number) => {
        const line = sample(4, '', strokeOf(style, color))(x, y) + marker(style, x + 23, y, color);
        return faint ? `<g opacity="0.5">${line}</g>` : line;
      },
    })),
  ];
  const placed: { x: number; row: number; entry: (typeof entries)[number] }[] = [];
  let [x, row] = [MARGIN, 0];
  const measure = measureIn(21);
  for (const [i, given] of entries.entries()) {
    let entry = { ...given, name: fitted(given.name, 500, measure) };
    let width = 46 + 12 + measure(entry.name) + 34;
    if (x > MARGIN && x + width > PICTURE_WIDTH - MARGIN) [x, row] = [MARGIN, row + 1];
    // The last row ends with the number of those that have no place.
    const rest = entries.length - i;
    const isLast = row === MOST_LEGEND_ROWS - 1 && rest > 1 && x + width + 200 > PICTURE_WIDTH - MARGIN;
    if (isLast || row === MOST_LEGEND_ROWS) {
      entry = { name: more(rest), draw: () => '' };
      width = 0;
      placed.push({ x: x - 58, row, entry });
      break;
    }
    placed.push({ x, row, entry });
    x += width;
  }
  const top = PICTURE_HEIGHT - 66 - row * LEGEND_ROW;
  const parts = placed.flatMap(({ x: left, row: line, entry }) => {
    const y = top + line * LEGEND_ROW;
    return [entry.draw(left, y), svgText(left + 58, y + 7, entry.name, { size: 21, fill: ink })];
  });
  return { rows: row + 1, parts };
}
