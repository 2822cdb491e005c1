/** A chart as a picture for a slide: 16:9, with title, settings and legend; drawn from the curves of the page. */
import type { Curve } from '../ui/charts/curves.ts';
import { plotWidth, xOf, yOf, type ChartLayout } from '../ui/charts/layout.ts';
import { niceTicks, separate } from '../ui/charts/scales.ts';
import { pathOf } from '../ui/charts/TrainingLines.tsx';
import { markerOutlines } from '../ui/Marker.tsx';
import type { LaneStyle } from '../store/laneStyles.ts';

export interface ChartPicture {
  readonly title: string;
  /** What the runs shared, in one line: wrapped where it is too long. */
  readonly settings: string;
  /** Who drew it, when. */
  readonly credit: string;
  readonly curves: readonly Curve[];
  readonly range: readonly [number, number];
  readonly lastStep: number;
  readonly formatTick: (value: number) => string;
  readonly formatStep: (step: number) => string;
  readonly formatEnd: (value: number) => string;
  readonly guess: number | null;
  readonly words: Readonly<Record<'training' | 'test' | 'step' | 'guessing' | 'diverged', string>>;
  /** The colour behind a token of styles/tokens.css, such as "--ink". */
  readonly color: (token: string) => string;
}

export const PICTURE_WIDTH = 1600;
export const PICTURE_HEIGHT = 900;
const MARGIN = 64;
const FONT = "'Inter Variable', Inter, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";
/** Between two settings in a line. */
export const SEPARATOR = ' \u00b7 ';
/** About the width of a character, as a share of the size of its font. */
const CHARACTER = 0.56;
const LABEL = 23;
const LEGEND_ROW = 36;

export function chartSvg(picture: ChartPicture): string {
  const { title, settings, credit, color } = picture;
  const lines = wrap(settings, (PICTURE_WIDTH - 2 * MARGIN) / (0.5 * 21)).slice(0, 3);
  const legend = placeLegend(picture);
  const layout: ChartLayout = {
    width: PICTURE_WIDTH - MARGIN,
    height: PICTURE_HEIGHT,
    left: MARGIN + 56,
    right: endRoom(picture.curves),
    top: 122 + 30 * lines.length,
    bottom: 122 + LEGEND_ROW * legend.rows,
    range: picture.range,
    lastStep: picture.lastStep,
  };
  const parts = [
    `<rect width="${PICTURE_WIDTH}" height="${PICTURE_HEIGHT}" fill="${color('--paper')}"/>`,
    text(MARGIN, 78, title, { size: 38, weight: 650, fill: color('--ink') }),
    ...lines.map((line, i) => text(MARGIN, 116 + 30 * i, line, { size: 21, fill: color('--soft') })),
    ...axes(picture, layout),
    ...guess(picture, layout),
    ...trainingLines(picture, layout),
    ...testLines(picture, layout),
    ...divergences(picture, layout),
    ...endLabels(picture, layout),
    ...legend.parts,
    text(PICTURE_WIDTH - MARGIN, PICTURE_HEIGHT - 24, credit, {
      size: 16,
      fill: color('--soft'),
      anchor: 'end',
    }),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${PICTURE_WIDTH}" height="${PICTURE_HEIGHT}" viewBox="0 0 ${PICTURE_WIDTH} ${PICTURE_HEIGHT}" font-family="${FONT}">`,
    `<title>${escaped(title)}</title>`,
    `<desc>${escaped(`${settings}. ${credit}`)}</desc>`,
    ...parts,
    '</svg>\n',
  ].join('\n');
}

function axes({ formatTick, formatStep, words, range, lastStep, color }: ChartPicture, layout: ChartLayout) {
  const end = layout.width - layout.right;
  const floor = layout.height - layout.bottom;
  const soft = { size: 22, fill: color('--soft') };
  return [
    ...niceTicks(range[0], range[1], 6).flatMap((value) => {
      const y = round(yOf(layout, value));
      return [
        `<path d="M${layout.left} ${y}H${end}" stroke="${color('--rule')}" stroke-width="1.5"/>`,
        text(layout.left - 14, y + 8, formatTick(value), { ...soft, anchor: 'end' }),
      ];
    }),
    ...niceTicks(0, lastStep, 6).map((step) =>
      text(xOf(layout, step), floor + 34, formatStep(step), { ...soft, anchor: 'middle' }),
    ),
    text(layout.left + plotWidth(layout) / 2, floor + 64, words.step, { ...soft, anchor: 'middle' }),
  ];
}

function guess({ guess: value, range, color }: ChartPicture, layout: ChartLayout) {
  if (value === null || value > range[1]) return [];
  const y = round(yOf(layout, value));
  return [
    `<path d="M${layout.left} ${y}H${layout.width - layout.right}" stroke="${color('--faint')}" stroke-width="2" stroke-dasharray="3 5"/>`,
  ];
}

function trainingLines({ curves, color }: ChartPicture, layout: ChartLayout) {
  const { left, right, top, bottom, width, height } = layout;
  const line = ({ style, faint }: Curve, points: Curve['test'], rest: string, opacity: number) =>
    `<path d="${pathOf(points, layout)}" stroke="${stroke(style, color)}" ${rest} opacity="${faint ? opacity / 2 : opacity}"/>`;
  return [
    `<clipPath id="plot"><rect x="${left}" y="${top}" width="${width - left - right}" height="${height - top - bottom}"/></clipPath>`,
    '<g fill="none" stroke-linejoin="round" clip-path="url(#plot)">',
    ...curves.map((curve) => line(curve, curve.lines.raw, 'stroke-width="1.5"', 0.2)),
    ...curves.map((curve) => {
      const dashes = curve.lines.raw.length > 0 ? ' stroke-dasharray="9 7"' : '';
      return line(curve, curve.lines.smoothed, `stroke-width="3"${dashes}`, 1);
    }),
    '</g>',
  ];
}

function testLines({ curves, color }: ChartPicture, layout: ChartLayout) {
  return curves.flatMap(({ test, style, faint }) => {
    if (test.length === 0) return [];
    const points = test.map(({ x, y }) => ({
      x,
      y: Math.min(layout.range[1], Math.max(layout.range[0], y)),
    }));
    const markers = points
      .filter(({ y }) => Number.isFinite(y))
      .map(({ x, y }) => marker(style, xOf(layout, x), yOf(layout, y), color));
    return [
      `<g${faint ? ' opacity="0.5"' : ''}>`,
      `<path d="${pathOf(points, layout)}" fill="none" stroke="${stroke(style, color)}" stroke-width="5" stroke-linejoin="round"/>`,
      ...markers,
      '</g>',
    ];
  });
}

function divergences({ curves, words, color }: ChartPicture, layout: ChartLayout) {
  return curves.flatMap(({ divergedAt, end, style }) => {
    if (divergedAt === null || !end) return [];
    const [x, y] = [round(xOf(layout, divergedAt)), round(clampY(layout, yOf(layout, end.y)))];
    return [
      `<path d="M${x - 9} ${y - 9}l18 18m0 -18l-18 18" stroke="${stroke(style, color)}" stroke-width="4"/>`,
      text(x + 16, y + 7, words.diverged, { size: 20, fill: color('--soft') }),
    ];
  });
}

function endLabels({ curves, guess: value, words, formatEnd, color }: ChartPicture, layout: ChartLayout) {
  const at = (y: number) => clampY(layout, yOf(layout, y));
  const ends: readonly { readonly item: End; readonly wanted: number }[] = [
    ...curves.flatMap((curve) =>
      curve.end
        ? [{ item: { name: curve.name, style: curve.style, ...curve.end }, wanted: at(curve.end.y) }]
        : [],
    ),
    ...(value !== null && value <= layout.range[1]
      ? [{ item: { name: words.guessing, style: null, x: layout.lastStep, y: value }, wanted: at(value) }]
      : []),
  ];
  const from = layout.width - layout.right;
  const fits = Math.floor((layout.right - 34 - 84) / (LABEL * CHARACTER));
  return separate(ends, 30, layout.top + 6, layout.height - layout.bottom - 6).flatMap(
    ({ item, wanted, y }) => {
      const start = round(xOf(layout, item.x) + 12);
      const ink = item.style ? color(`--${item.style.hue}-${item.style.tone}-text`) : color('--soft');
      const name = item.name.length > fits ? `${item.name.slice(0, fits - 1)}\u2026` : item.name;
      return [
        `<path d="M${start} ${round(wanted)}L${Math.max(from - 6, start)} ${round(wanted)}L${from + 18} ${round(y)}" fill="none" stroke="${ink}" stroke-width="1.5" opacity="0.4"/>`,
        text(from + 26, y + 8, name, { size: LABEL, weight: item.style ? 600 : 400, fill: ink }),
        text(layout.width, y + 8, formatEnd(item.y), { size: LABEL, fill: color('--soft'), anchor: 'end' }),
      ];
    },
  );
}

/** What is named at the right: a lane, or guessing, which has no style. */
interface End {
  readonly name: string;
  readonly style: LaneStyle | null;
  readonly x: number;
  readonly y: number;
}

/** What the lines mean and whose they are, in rows at the foot. */
function placeLegend({ curves, words, color }: ChartPicture) {
  const ink = color('--ink');
  const hasTest = curves.some((curve) => curve.test.length > 0);
  const isDashed = curves.some((curve) => curve.lines.raw.length > 0);
  const sample = (width: number, dashes: string, shade: string) => (x: number, y: number) =>
    `<path d="M${x} ${y}h46" stroke="${shade}" stroke-width="${width}"${dashes}/>`;
  const entries = [
    ...(hasTest ? [{ name: words.test, draw: sample(5, '', ink) }] : []),
    ...(isDashed ? [{ name: words.training, draw: sample(3, ' stroke-dasharray="9 7"', ink) }] : []),
    ...curves.map(({ name, style, faint }) => ({
      name,
      draw: (x: number, y: number) => {
        const line = sample(4, '', stroke(style, color))(x, y) + marker(style, x + 23, y, color);
        return faint ? `<g opacity="0.5">${line}</g>` : line;
      },
    })),
  ];
  const placed: { x: number; row: number; entry: (typeof entries)[number] }[] = [];
  let [x, row] = [MARGIN, 0];
  for (const entry of entries) {
    const width = 46 + 12 + entry.name.length * CHARACTER * 21 + 34;
    if (x > MARGIN && x + width > PICTURE_WIDTH - MARGIN) [x, row] = [MARGIN, row + 1];
    placed.push({ x, row, entry });
    x += width;
  }
  const top = PICTURE_HEIGHT - 66 - row * LEGEND_ROW;
  const parts = placed.flatMap(({ x: left, row: line, entry }) => {
    const y = top + line * LEGEND_ROW;
    return [entry.draw(left, y), text(left + 58, y + 7, entry.name, { size: 21, fill: ink })];
  });
  return { rows: row + 1, parts };
}

const stroke = ({ hue, tone }: LaneStyle, color: ChartPicture['color']) => color(`--${hue}-${tone}`);

const marker = (style: LaneStyle, x: number, y: number, color: ChartPicture['color']) =>
  `<path d="${markerOutlines[style.marker]}" transform="translate(${round(x)} ${round(y)}) scale(1.8)" fill="${stroke(style, color)}" stroke="${color('--paper')}"/>`;

const endRoom = (curves: readonly Curve[]) =>
  Math.min(480, 34 + 100 + CHARACTER * LABEL * Math.max(9, ...curves.map((curve) => curve.name.length)));

const clampY = (layout: ChartLayout, y: number) =>
  Math.max(layout.top, Math.min(layout.height - layout.bottom, y));

const round = (value: number) => Math.round(10 * value) / 10;

interface TextStyle {
  readonly size: number;
  readonly fill: string;
  readonly weight?: number;
  readonly anchor?: 'middle' | 'end';
}

function text(
  x: number,
  y: number,
  content: string,
  { size, fill, weight = 400, anchor }: TextStyle,
): string {
  const anchored = anchor ? ` text-anchor="${anchor}"` : '';
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}" font-weight="${weight}" fill="${fill}"${anchored}>${escaped(content)}</text>`;
}

/** What XML allows: no control characters, and none of its own signs. */
function escaped(content: string): string {
  const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return content
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"]/g, (sign) => signs[sign] ?? '');
}

/** Lines of at most `most` characters, broken between settings. */
function wrap(content: string, most: number): readonly string[] {
  const lines: string[] = [];
  for (const word of content.split(SEPARATOR)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + SEPARATOR.length + word.length <= most)
      lines[lines.length - 1] = last + SEPARATOR + word;
    else lines.push(word);
  }
  return lines;
}
