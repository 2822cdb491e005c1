/** A chart as a picture for a slide: 16:9, with title, settings and legend; drawn from the curves of the page. */
import { dashes } from '../../runs/looks/laneStyles.ts';
import { namedEnds, placedMarks } from '../plot/ChartOverlay.tsx';
import { clampedY, isOn, plotWidth, xOf, yOf, type ChartLayout } from '../plot/layout.ts';
import { namedWithin } from '../plot/endLabels.ts';
import { fitted, measureIn } from '../plot/textWidth.ts';
import { placeTicks, ticksOf } from '../plot/scales.ts';
import { separate } from '../plot/separate.ts';
import {
  isDense,
  markedPoints,
  needsMarkers,
  placesAlong,
  traceBand,
  traceEnvelope,
  traceLine,
  traceTest,
  type Pen,
} from '../plot/traceLines.ts';
import { MARGIN, PICTURE_HEIGHT, PICTURE_WIDTH } from './pictureSize.ts';
import { LEGEND_ROW, placeLegend } from './svgLegend.ts';
import { hollowMarker, marker, strokeOf } from './svgMarker.ts';
import { escaped, round, svgText } from './svgText.ts';
import type { ChartPicture } from './chartPicture.ts';
import type { Curve } from '../curves/curve.ts';

/** A slide's lines are this many times those of the page. */
const DASH = 1.8;

const FONT = "'Inter Variable', Inter, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";
/** Between two settings in a line. */
export const SEPARATOR = ' \u00b7 ';
const LABEL = 23;

export function chartSvg(picture: ChartPicture): string {
  const { title, settings, credit, color } = picture;
  const lines = wrap(settings, (PICTURE_WIDTH - 2 * MARGIN) / (0.5 * 21)).slice(0, 3);
  const legend = placeLegend(picture);
  const layout: ChartLayout = {
    width: PICTURE_WIDTH - MARGIN,
    height: PICTURE_HEIGHT,
    left: MARGIN + Math.max(56, 14 + Math.ceil(Math.max(...tickTexts(picture).map(measureIn(22))))),
    right: endRoom([...picture.curves, ...picture.references]),
    top: 122 + 30 * lines.length,
    bottom: 122 + LEGEND_ROW * legend.rows,
    x: picture.x,
    y: picture.y,
  };
  const parts = [
    `<rect width="${PICTURE_WIDTH}" height="${PICTURE_HEIGHT}" fill="${color('--paper')}"/>`,
    svgText(MARGIN, 78, title, { size: 38, weight: 650, fill: color('--ink') }),
    ...lines.map((line, i) => svgText(MARGIN, 116 + 30 * i, line, { size: 21, fill: color('--soft') })),
    ...axes(picture, layout),
    ...references(picture, layout),
    ...marks(picture, layout),
    ...trainingLines(picture, layout),
    ...testLines(picture, layout),
    ...divergences(picture, layout),
    ...endLabels(picture, layout),
    ...legend.parts,
    svgText(PICTURE_WIDTH - MARGIN, PICTURE_HEIGHT - 24, credit, {
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

function tickTexts({ y, formatTick }: ChartPicture): readonly string[] {
  const ticks = ticksOf(y, 6);
  const most = Math.max(...ticks.map(Math.abs));
  return ticks.map((value) => formatTick(value, most));
}

function axes(picture: ChartPicture, layout: ChartLayout) {
  const { formatPlace, words, axis, x, color } = picture;
  const texts = tickTexts(picture);
  const end = layout.width - layout.right;
  const floor = layout.height - layout.bottom;
  const soft = { size: 22, fill: color('--soft') };
  return [
    ...ticksOf(picture.y, 6).flatMap((value, i) => {
      const height = round(yOf(layout, value));
      return [
        `<path d="M${layout.left} ${height}H${end}" stroke="${color('--rule')}" stroke-width="1.5"/>`,
        svgText(layout.left - 14, height + 8, texts[i] ?? '', { ...soft, anchor: 'end' }),
      ];
    }),
    ...placeTicks(x, axis, 6).map((place) =>
      svgText(xOf(layout, place), floor + 34, formatPlace(place), { ...soft, anchor: 'middle' }),
    ),
    svgText(layout.left + plotWidth(layout) / 2, floor + 64, words.across, { ...soft, anchor: 'middle' }),
  ];
}

function references({ references: lines, color }: ChartPicture, layout: ChartLayout) {
  return lines
    .filter(({ value }) => isOn(layout.y, value))
    .map(({ value, style }) => {
      const y = round(yOf(layout, value));
      const ink = style ? strokeOf(style, color) : color('--faint');
      return `<path d="M${layout.left} ${y}H${layout.width - layout.right}" stroke="${ink}" stroke-width="2" stroke-dasharray="3 5"/>`;
    });
}

function marks({ curves, color }: ChartPicture, layout: ChartLayout) {
  return placedMarks(curves, layout).flatMap(({ x, text: words }) => [
    `<path d="M${x} ${layout.top}V${layout.height - layout.bottom}" stroke="${color('--edge')}" stroke-width="1.5" stroke-dasharray="2 6"/>`,
    svgText(x + 7, layout.top + 18, words, { size: 18, fill: color('--soft') }),
  ]);
}

function trainingLines({ curves, color }: ChartPicture, layout: ChartLayout) {
  const { left, right, top, bottom, width, height } = layout;
  const shape = (curve: Curve, trace: (pen: Pen) => void, opacity: number, rest: string) => {
    const path = pathOf(trace);
    return path && `<path d="${path}" opacity="${curve.faint ? opacity / 2 : opacity}" ${rest}/>`;
  };
  const present = curves.filter((curve) => !curve.faint);
  const filled = ({ style }: Curve) => `fill="${strokeOf(style, color)}"`;
  const drawn = ({ style }: Curve, strokeWidth: number, dashes = '') =>
    `stroke="${strokeOf(style, color)}" stroke-width="${strokeWidth}"${dashes}`;
  const line = (curve: Curve, of: 'raw' | 'smoothed', opacity: number, strokeWidth: number, dashes = '') => {
    let dots = '';
    const path = shape(
      curve,
      (pen) =>
        traceLine(curve, of, layout, pen, (x, y) => {
          dots += `M${x.toFixed(1)} ${y.toFixed(1)}h0`;
        }),
      opacity,
      drawn(curve, strokeWidth, dashes),
    );
    // A stroke without length is its round end.
    const dot = `<path d="${dots}" opacity="${curve.faint ? opacity / 2 : opacity}" stroke-linecap="round" ${drawn(curve, 3 * strokeWidth)}/>`;
    return dots ? `${path}${dot}` : path;
  };
  return [
    `<clipPath id="plot"><rect x="${left}" y="${top}" width="${width - left - right}" height="${height - top - bottom}"/></clipPath>`,
    '<g fill="none" stroke-linejoin="round" clip-path="url(#plot)">',
    ...curves.map((curve) => shape(curve, (pen) => traceBand(curve, layout, pen), 0.16, filled(curve))),
    ...present.map((curve) =>
      isDense(curve, layout)
        ? shape(curve, (pen) => traceEnvelope(curve, layout, pen), 0.09, filled(curve))
        : line(curve, 'raw', 0.2, 1.5),
    ),
    ...curves.map((curve) => {
      const rhythm = dashes[curve.style.marker].map((length) => DASH * length).join(' ');
      return line(curve, 'smoothed', 1, 3, curve.rawExtrema ? ` stroke-dasharray="${rhythm}"` : '');
    }),
    '</g>',
    ...curves.flatMap((curve, i) => {
      if (!needsMarkers(curve, curves)) return [];
      const along = placesAlong(curve, layout, i / curves.length);
      const faint = curve.faint ? ' opacity="0.5"' : '';
      return [`<g${faint}>`, ...along.map(({ x, y }) => hollowMarker(curve.style, x, y, color)), '</g>'];
    }),
  ];
}

function testLines({ curves, color }: ChartPicture, layout: ChartLayout) {
  const seen = ({ x }: { readonly x: number }) => isOn(layout.x, x);
  return curves.flatMap((curve) => {
    const { style, faint } = curve;
    const test = curve.test.filter(seen);
    if (test.length === 0) return [];
    const path = pathOf((pen) =>
      traceTest({ ...curve, test }, layout, (value) => clampedY(layout, value), pen),
    );
    const markers = markedPoints(curve, layout)
      .filter(seen)
      .map(({ x, y }) => marker(style, xOf(layout, x), clampedY(layout, y), color));
    return [
      `<g${faint ? ' opacity="0.5"' : ''}>`,
      `<path d="${path}" fill="none" stroke="${strokeOf(style, color)}" stroke-width="5" stroke-linejoin="round"/>`,
      ...markers,
      '</g>',
    ];
  });
}

function divergences({ curves, words, color }: ChartPicture, layout: ChartLayout) {
  return curves.flatMap(({ divergedAt, end, style }) => {
    if (divergedAt === null || !end || !isOn(layout.x, divergedAt)) return [];
    const [x, y] = [round(xOf(layout, divergedAt)), round(clampedY(layout, end.y))];
    return [
      `<path d="M${x - 9} ${y - 9}l18 18m0 -18l-18 18" stroke="${strokeOf(style, color)}" stroke-width="4"/>`,
      svgText(x + 16, y + 7, words.diverged, { size: 20, fill: color('--soft') }),
    ];
  });
}

function endLabels(
  { curves, references: lines, formatEnd, shortName, more: moreText, color }: ChartPicture,
  layout: ChartLayout,
) {
  const [top, bottom] = [layout.top + 6, layout.height - layout.bottom - 6];
  const { named, more } = namedWithin(namedEnds(curves, lines, layout), 1 + Math.floor((bottom - top) / 30));
  const from = layout.width - layout.right;
  const rest = more > 0 ? [svgText(from + 26, bottom + 8, moreText(more), { size: LABEL, fill: color('--soft') })] : []; // prettier-ignore
  const placed = separate(named, 30, top, more > 0 ? bottom - 30 : bottom);
  const values = Math.max(
    0,
    ...placed.map(({ item }) => measureIn(LABEL)(formatEnd(item.value, item.split))),
  );
  const fit = (name: string) => fitted(name, layout.right - 26 - 12 - values, measureIn(LABEL, 600));
  return [
    ...rest,
    ...placed.flatMap(({ item, wanted, y }) => {
      const start = round(xOf(layout, item.from) + 12);
      const ink = item.style ? color(`--${item.style.hue}-${item.style.tone}-text`) : color('--soft');
      return [
        `<path d="M${start} ${round(wanted)}L${Math.max(from - 6, start)} ${round(wanted)}L${from + 18} ${round(y)}" fill="none" stroke="${ink}" stroke-width="1.5" opacity="0.4"/>`,
        svgText(from + 26, y + 8, shortName(item.name, fit), {
          size: LABEL,
          weight: item.lane === null ? 400 : 600,
          fill: ink,
        }),
        svgText(layout.width, y + 8, formatEnd(item.value, item.split), {
          size: LABEL,
          fill: color('--soft'),
          anchor: 'end',
        }),
      ];
    }),
  ];
}

/** What a pen draws, as the path of an SVG. */
function pathOf(trace: (pen: Pen) => void): string {
  let path = '';
  const write = (sign: string) => (x: number, y: number) => {
    path += `${sign}${x.toFixed(1)} ${y.toFixed(1)}`;
  };
  trace({ moveTo: write('M'), lineTo: write('L') });
  return path;
}

const endRoom = (named: readonly { readonly name: string }[]) =>
  Math.min(480, Math.ceil(34 + 100 + Math.max(110, ...named.map(({ name }) => measureIn(LABEL, 600)(name)))));

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
