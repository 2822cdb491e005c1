/** The picture of a view as a file: what is drawn on the page, with a title, in the colours that are seen. */
import { hasTruePixels, pngOf } from '../ui/truePixels.ts';
import { inside as words } from './enInside.ts';
import { wrapped } from './plot/wrapped.ts';

const MARGIN = 24;
const TITLE = 40;
/** Height of a line of what is said, and the width of a letter of it: a file has not the page's letters, and others are wider. */
const LINE = 18;
const LETTER = 7.6;
/** Pixels of a PNG for each of the drawing's: sharp on a projector. */
const SCALE = 2;

/**
 * Presentation that a style sheet gives on the page, and that a file must hold itself: as attributes, since the page's policy lets no style
 * stand in an element, neither here nor where the file is shown on it.
 */
const inherited = ['fill', 'fill-opacity', 'stroke', 'stroke-opacity', 'stroke-width', 'stroke-dasharray', 'font-family', 'font-size', 'font-style', 'font-weight', 'text-anchor', 'letter-spacing'] as const; // prettier-ignore

/** How `original` is seen, as attributes of `copy`: what its parent in the picture hands down is left to that. */
function present(copy: SVGElement, original: SVGElement, isRoot: boolean): void {
  const seen = getComputedStyle(original);
  const parent = original.parentElement;
  const handed = isRoot || !parent ? null : getComputedStyle(parent);
  copy.removeAttribute('class');
  copy.removeAttribute('style');
  for (const name of inherited) {
    const value = seen.getPropertyValue(name);
    if (handed?.getPropertyValue(name) === value) copy.removeAttribute(name);
    else copy.setAttribute(name, value);
  }
  copy.setAttribute('opacity', seen.opacity);
  if (seen.opacity === '1') copy.removeAttribute('opacity');
}

/** The drawing `svg`, which stands on the page, as a file of its own with its title over it and what it says under that. */
export function slideOf(svg: SVGSVGElement, title: string, summary: string): string {
  const { width, height } = svg.viewBox.baseVal;
  const copy = svg.cloneNode(true);
  if (!(copy instanceof SVGSVGElement)) throw new TypeError('a copy of a drawing is a drawing');
  const originals = svg.querySelectorAll<SVGElement>('*');
  copy.querySelectorAll<SVGElement>('*').forEach((element, i) => {
    const original = originals[i];
    if (original) present(element, original, false);
  });
  present(copy, svg, true);
  copy.setAttribute('x', String(MARGIN));
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const page = getComputedStyle(document.body);
  const lines = wrapped(summary, Math.floor(width / LETTER));
  const below = TITLE + lines.length * LINE;
  copy.setAttribute('y', String(MARGIN + below));
  const [w, h] = [width + 2 * MARGIN, height + 2 * MARGIN + below];
  const text = (value: string, y: number, size: number, weight: number) =>
    `<text x="${MARGIN}" y="${y}" fill="${page.color}" font-family="${page.fontFamily.replaceAll('"', "'")}" font-size="${size}" font-weight="${weight}">${escaped(value)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}">`,
    `<rect width="100%" height="100%" fill="${page.backgroundColor}"/>`,
    text(title, MARGIN + 20, 20, 650),
    ...lines.map((line, i) => text(line, MARGIN + 44 + i * LINE, 13, 400)),
    new XMLSerializer().serializeToString(copy),
    '</svg>',
  ].join('\n');
}

/** The drawing of an SVG file as PNG. Throws where the browser changes the pixels of pictures. */
export async function pngOfSvg(svg: string): Promise<Blob> {
  if (!(await hasTruePixels())) throw new Error(words.noPixels);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = SCALE * image.naturalWidth;
  canvas.height = SCALE * image.naturalHeight;
  const context = canvas.getContext('2d');
  if (!context) throw new Error(words.noPixels);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return pngOf(canvas);
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
