/** A chart as a picture for a slide: 16:9, with title, settings and legend; drawn from the curves of the page. */
import { dashes } from '../../runs/looks/laneStyles.ts';
import { placedMarks } from '../plot/ChartOverlay.tsx';
import { bandOpacity } from '../plot/drawCurves.ts';
import { emphasise, inDrawingOrder, type Emphasis } from '../plot/emphasis.ts';
import { clampedY, isOn, xOf, yOf, type ChartLayout } from '../plot/layout.ts';
import { fitted, measureIn, type Measure } from '../plot/textWidth.ts';
import { placeTicks, ticksOf } from '../plot/scales.ts';
import {
  markedPoints,
  needsMarkers,
  placesAlong,
  traceBand,
  traceLine,
  traceTest,
  type Pen,
} from '../plot/traceLines.ts';
import { LABEL, MARGIN, PICTURE_HEIGHT, PICTURE_WIDTH } from './pictureSize.ts';
import { qrCode } from './qrCode.ts';
import { placeLegend } from './svgLegend.ts';
import { hollowMarker, marker, strokeOf } from './svgMarker.ts';
import { endLabels, endRoom, referenceNames } from './svgNames.ts';
import { escaped, round, svgText } from './svgText.ts';
import type { ChartPicture } from './chartPicture.ts';
import type { Curve } from '../curves/curve.ts';

/** A slide's lines are this many times those of the page. */
const DASH = 1.8;

const FONT = "'Inter Variable', Inter, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";
/** Between two settings in a line. */
export const SEPARATOR = ' \u00b7 ';
/** Sizes that are read from the last row of a room, and those that are read by who wants to know. */
const [HEADLINE, TICK, SMALL] = [40, 24, 17];
const INNER = PICTURE_WIDTH - 2 * MARGIN;
/** The foot of the last row, and distances between rows of text. */
const LAST = PICTURE_HEIGHT - 40;
const SMALL_ROW = 23;

export function chartSvg(picture: ChartPicture): string {
  const { title, headline, settings, sizes, color } = picture;
  const code = picture.link === null ? null : placeCode(picture.link, color);
  const heads = linesOf(headline ?? title, INNER, measureIn(HEADLINE, 650), ' ', 2);
  const smallPrint = linesOf(settings, code ? 0.6 * INNER : 0.7 * INNER, measureIn(SMALL), SEPARATOR, 2);
  const settingsFoot = sizes ? LAST - 38 : LAST;
  const legendFoot = settingsFoot - SMALL_ROW * smallPrint.length - 18;
  const legend = placeLegend(picture, { width: INNER - (code ? code.width + 24 : 0), foot: legendFoot });
  const axisHead = 82 + 50 * heads.length;
  const layout: ChartLayout = {
    width: PICTURE_WIDTH - MARGIN,
    height: PICTURE_HEIGHT,
    left: MARGIN + Math.max(40, 14 + Math.ceil(Math.max(...tickTexts(picture).map(measureIn(TICK))))),
    right: endRoom(picture.curves),
    top: axisHead + 20,
    bottom: PICTURE_HEIGHT - legend.top + 52,
    x: picture.x,
    y: picture.y,
  };
  const soft = color('--soft');
  const parts = [
    `<rect width="${PICTURE_WIDTH}" height="${PICTURE_HEIGHT}" fill="${color('--paper')}"/>`,
    ...heads.map((line, i) =>
      svgText(MARGIN, 84 + 50 * i, line, { size: HEADLINE, weight: 650, fill: color('--ink') }),
    ),
    svgText(MARGIN, axisHead, headline === null ? '' : title, { size: TICK, weight: 600, fill: soft }),
    ...legend.key(headline === null ? MARGIN : MARGIN + 40 + measureIn(TICK, 600)(title), axisHead),
    ...axes(picture, layout),
    ...referenceLines(picture, layout),
    ...marks(picture, layout),
    ...trainingLines(picture, layout),
    ...testLines(picture, layout),
    ...divergences(picture, layout),
    ...referenceNames(picture, layout),
    ...endLabels(picture, layout),
    ...legend.parts,
    ...smallPrint.map((line, i) =>
      svgText(MARGIN, settingsFoot - SMALL_ROW * (smallPrint.length - 1 - i), line, {
        size: SMALL,
        fill: soft,
      }),
    ),
    svgText(MARGIN, LAST, sizes, { size: LABEL, weight: 600, fill: color('--ink') }),
    svgText(PICTURE_WIDTH - MARGIN - (code ? code.width + 20 : 0), LAST, picture.credit, {
      size: 16,
      fill: soft,
      anchor: 'end',
    }),
    ...(code?.parts ?? []),
  ];
  const words = [settings, sizes, picture.credit].filter(Boolean).join('. ');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${PICTURE_WIDTH}" height="${PICTURE_HEIGHT}" viewBox="0 0 ${PICTURE_WIDTH} ${PICTURE_HEIGHT}" font-family="${FONT}">`,
    `<title>${escaped(headline === null ? title : `${headline} ${title}`)}</title>`,
    `<desc>${escaped(words)}</desc>`,
    ...parts.filter(Boolean),
    '</svg>\n',
  ].join('\n');
}

/** The side of the code with its white edge. */
const CODE = 136;
/** Longer ones nobody types: they are in the code alone. */
const LONGEST_ADDRESS = 60;

/** The link as a code at the right of the foot, with the address beside it where it can be typed. Null where it is too long for a code. */
function placeCode(link: string, color: ChartPicture['color']) {
  const code = qrCode(link);
  if (!code) return null;
  const [x, y] = [PICTURE_WIDTH - MARGIN - CODE, LAST + 8 - CODE];
  const module = CODE / (code.size + 4);
  const address = link.replace(/^https?:\/\//, '');
  return {
    width: CODE,
    parts: [
      // Black on white in every theme: cameras expect it.
      `<rect x="${x}" y="${y}" width="${CODE}" height="${CODE}" fill="#ffffff"/>`,
      `<path d="${code.path}" transform="translate(${round(x + 2 * module)} ${round(y + 2 * module)}) scale(${module.toFixed(4)})" fill="#000000" shape-rendering="crispEdges"/>`,
      address.length <= LONGEST_ADDRESS
        ? svgText(x - 20, LAST - 26, address, { size: SMALL, fill: color('--ink'), anchor: 'end' })
        : '',
    ],
  };
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
  const soft = { size: TICK, fill: color('--soft') };
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
    svgText(layout.width, floor + 34, words.across, { ...soft, weight: 600, anchor: 'end' }),
  ];
}

function referenceLines({ references, color }: ChartPicture, layout: ChartLayout) {
  return references
    .filter(({ value }) => isOn(layout.y, value))
    .map(({ value, style }) => {
      const ink = style ? strokeOf(style, color) : color('--faint');
      return `<path d="M${layout.left} ${round(yOf(layout, value))}H${layout.width - layout.right}" stroke="${ink}" stroke-width="2" stroke-dasharray="3 5"/>`;
    });
}

function marks({ curves, color }: ChartPicture, layout: ChartLayout) {
  return placedMarks(curves, layout).flatMap(({ x, text: words }) => [
    `<path d="M${x} ${layout.top}V${layout.height - layout.bottom}" stroke="${color('--edge')}" stroke-width="1.5" stroke-dasharray="2 6"/>`,
    svgText(x + 7, layout.top + 18, words, { size: 18, fill: color('--soft') }),
  ]);
}

/** How strong what belongs to a line is drawn. */
const strengths: Readonly<Record<Emphasis, number>> = { front: 1, loud: 1, behind: 0.5, quiet: 0.28 };

function trainingLines({ curves: given, color }: ChartPicture, layout: ChartLayout) {
  const { left, right, top, bottom, width, height } = layout;
  const emphasisOf = emphasise(given, null);
  const curves = inDrawingOrder(given, emphasisOf);
  const shape = (curve: Curve, trace: (pen: Pen) => void, opacity: number, rest: string) => {
    const path = pathOf(trace);
    return (
      path && `<path d="${path}" opacity="${round100(opacity * strengths[emphasisOf(curve)])}" ${rest}/>`
    );
  };
  const band = bandOpacity(curves, emphasisOf);
  const filled = ({ style }: Curve) => `fill="${strokeOf(style, color)}"`;
  const drawn = ({ style }: Curve, strokeWidth: number, dash = '') =>
    `stroke="${strokeOf(style, color)}" stroke-width="${strokeWidth}"${dash}`;
  const line = (curve: Curve) => {
    let dots = '';
    const rhythm = dashes[curve.style.marker].map((length) => DASH * length).join(' ');
    const path = shape(
      curve,
      (pen) =>
        traceLine(curve, 'smoothed', layout, pen, (x, y) => {
          dots += `M${x.toFixed(1)} ${y.toFixed(1)}h0`;
        }),
      1,
      drawn(curve, 3, curve.rawExtrema ? ` stroke-dasharray="${rhythm}"` : ''),
    );
    // A stroke without length is its round end.
    const dot = `<path d="${dots}" opacity="${strengths[emphasisOf(curve)]}" stroke-linecap="round" ${drawn(curve, 9)}/>`;
    return dots ? `${path}${dot}` : path;
  };
  return [
    `<clipPath id="plot"><rect x="${left}" y="${top}" width="${width - left - right}" height="${height - top - bottom}"/></clipPath>`,
    '<g fill="none" stroke-linejoin="round" clip-path="url(#plot)">',
    ...curves
      .filter((curve) => emphasisOf(curve) !== 'quiet')
      .map((curve) =>
        shape(
          curve,
          (pen) => traceBand(curve, layout, pen, emphasisOf(curve) === 'loud'),
          band,
          filled(curve),
        ),
      ),
    ...curves.map(line),
    '</g>',
    ...curves.flatMap((curve, i) => {
      const emphasis = emphasisOf(curve);
      if (emphasis === 'quiet' || !needsMarkers(curve, curves)) return [];
      const along = placesAlong(curve, layout, i / curves.length);
      return [
        `<g opacity="${strengths[emphasis]}">`,
        ...along.map(({ x, y }) => hollowMarker(curve.style, x, y, color)),
        '</g>',
      ];
    }),
  ];
}

function testLines({ curves: given, color }: ChartPicture, layout: ChartLayout) {
  const emphasisOf = emphasise(given, null);
  const seen = ({ x }: { readonly x: number }) => isOn(layout.x, x);
  return inDrawingOrder(given, emphasisOf).flatMap((curve) => {
    const { style } = curve;
    const test = curve.test.filter(seen);
    if (test.length === 0) return [];
    const path = pathOf((pen) =>
      traceTest({ ...curve, test }, layout, (value) => clampedY(layout, value), pen),
    );
    const markers = markedPoints(curve, layout)
      .filter(seen)
      .map(({ x, y }) => marker(style, xOf(layout, x), clampedY(layout, y), color));
    return [
      `<g opacity="${strengths[emphasisOf(curve)]}">`,
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

/** What a pen draws, as the path of an SVG. */
function pathOf(trace: (pen: Pen) => void): string {
  let path = '';
  const write = (sign: string) => (x: number, y: number) => {
    path += `${sign}${x.toFixed(1)} ${y.toFixed(1)}`;
  };
  trace({ moveTo: write('M'), lineTo: write('L') });
  return path;
}

/** As many lines as there may be, broken at `separator`; what has no room ends in dots. */
function linesOf(
  content: string,
  width: number,
  measure: Measure,
  separator: string,
  most: number,
): readonly string[] {
  const lines: string[] = [];
  for (const word of content.split(separator)) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : last + separator + word;
    // The last line takes all that is left.
    if (last !== undefined && (lines.length === most || measure(longer) <= width))
      lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.filter(Boolean).map((line) => fitted(line, width, measure));
}

const round100 = (value: number) => Math.round(100 * value) / 100;
