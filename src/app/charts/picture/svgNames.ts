/** The names in a picture: of lines at their ends, and of references on them. */
import { endColumn, namedEnds, namedWithin } from '../plot/endLabels.ts';
import type { ChartLayout } from '../plot/layout.ts';
import { placeReferences } from '../plot/referenceLabels.ts';
import { separate } from '../plot/separate.ts';
import { fittedName, measureIn } from '../plot/textWidth.ts';
import { LABEL } from './pictureSize.ts';
import { marker } from './svgMarker.ts';
import { svgText } from './svgText.ts';
import type { ChartPicture } from './chartPicture.ts';

const LABEL_ROW = 34;

/** Room at the right of the plot for the longest name and its value. */
export const endRoom = (named: readonly { readonly name: string }[]) =>
  Math.min(520, Math.ceil(58 + 96 + Math.max(110, ...named.map(({ name }) => measureIn(LABEL, 600)(name)))));

/** The names that have room, where they stand, and how far they reach to the right. */
function placeEnds({ curves, formatEnd, shortName }: ChartPicture, layout: ChartLayout) {
  const [top, bottom] = [layout.top + 6, layout.height - layout.bottom - 6];
  const room = 1 + Math.floor((bottom - top) / LABEL_ROW);
  const { named, more } = namedWithin(namedEnds(curves, layout), room);
  const from = endColumn(curves, layout);
  const placed = separate(named, LABEL_ROW, top, more > 0 ? bottom - LABEL_ROW : bottom);
  const values = Math.max(
    0,
    ...placed.map(({ item }) => measureIn(LABEL)(formatEnd(item.value, item.split))),
  );
  const measure = measureIn(LABEL, 600);
  const fit = (name: string) => fittedName(name, layout.right - 42 - 16 - values, measure);
  const names = placed.map(({ item }) => shortName(item.name, fit));
  const to = from + 42 + Math.max(0, ...names.map(measure)) + 16 + values;
  return { placed, names, from, to, more, bottom };
}

export function endLabels(picture: ChartPicture, layout: ChartLayout) {
  const { formatEnd, more: moreText, color } = picture;
  const { placed, names, from, to, more, bottom } = placeEnds(picture, layout);
  const rest = more > 0 ? [svgText(from + 42, bottom + 8, moreText(more), { size: LABEL, fill: color('--soft') })] : []; // prettier-ignore
  return [
    ...rest,
    ...placed.flatMap(({ item: { style, value, split }, y }, i) => [
      marker(style, from + 26, y, color),
      svgText(from + 42, y + 10, names[i] ?? '', {
        size: LABEL,
        weight: 600,
        fill: color(`--${style.hue}-${style.tone}-text`),
      }),
      svgText(to, y + 10, formatEnd(value, split), { size: LABEL, fill: color('--soft'), anchor: 'end' }),
    ]),
  ];
}

export function referenceNames(picture: ChartPicture, layout: ChartLayout) {
  const { references, formatEnd, color } = picture;
  const text = ({ name, value, split }: (typeof references)[number]) => `${name}, ${formatEnd(value, split)}`;
  const names = placeEnds(picture, layout);
  const placed = placeReferences(references, layout, {
    written: names.placed.map(({ y }) => ({ from: names.from, to: names.to, y })),
    size: 20,
    widest: Math.max(0, ...references.map((line) => measureIn(20)(text(line)))),
  });
  const [fill, halo] = [color('--soft'), color('--paper')];
  return placed.map(({ reference, x, y, anchor }) =>
    svgText(x, y, text(reference), { size: 20, fill, halo, ...(anchor === 'end' && { anchor }) }),
  );
}
