/** How wide texts are on the page, before they are drawn. */
import { signsOf } from '../../ui/format.ts';

export type Measure = (text: string) => number;

/** CSS pixels of a text in the page's font; `weight` and `size` as in CSS. */
export function measureIn(size: number, weight = 400): Measure {
  const key = `${weight} ${size}`;
  const known = measures.get(key);
  if (known) return known;
  const widths = new Map<string, number>();
  const measure = (text: string): number => {
    let width = widths.get(text);
    if (width === undefined) {
      width = widthOf(text, size, weight);
      if (widths.size > 2000) widths.clear();
      // What another font stood in for is measured again.
      if (isFontHere(size, weight)) widths.set(text, width);
    }
    return width;
  };
  measures.set(key, measure);
  return measure;
}

const measures = new Map<string, Measure>();
let context: CanvasRenderingContext2D | null = null;

const fontOf = (size: number, weight: number) => `${weight} ${size}px "Inter Variable"`;

const isFontHere = (size: number, weight: number): boolean =>
  typeof document === 'undefined' || document.fonts.check(fontOf(size, weight));

function widthOf(text: string, size: number, weight: number): number {
  if (typeof document === 'undefined') return about(text, size);
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return about(text, size);
  context.font = `${fontOf(size, weight)}, Inter, system-ui, sans-serif`;
  // The page's font may come after the first chart: none of its letters is narrower than this by much.
  return Math.max(context.measureText(text).width, 0.9 * about(text, size));
}

/** Where nothing can be measured: wide signs count as two. */
const about = (text: string, size: number): number =>
  signsOf(text).reduce((sum, sign) => sum + size * (sign > '\u2E80' ? 1.1 : 0.58), 0);

/** The text, shortened by whole signs until it fits. */
export function fitted(text: string, room: number, measure: Measure): string {
  if (measure(text) <= room) return text;
  const signs = signsOf(text);
  let [low, high] = [0, signs.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (measure(`${signs.slice(0, middle).join('')}\u2026`) <= room) low = middle;
    else high = middle - 1;
  }
  return `${signs.slice(0, low).join('').trimEnd()}\u2026`;
}

/** Signs of a name's end that stay: there stands what tells it from others of its kind, "(2)" or "from step 300". */
const END = 6;

/** The name, shortened in its middle until it fits: what it is, and which one. */
export function fittedName(name: string, room: number, measure: Measure): string {
  if (measure(name) <= room) return name;
  const signs = signsOf(name);
  const end = signs.slice(-END).join('').trimStart();
  const head = signs.slice(0, -END).join('');
  const tail = room - measure(end);
  // Where there is no room for as much of its beginning, that is what is kept.
  if (head === '' || tail < measure(end)) return fitted(name, room, measure);
  return fitted(`${head}\u2026`, tail, measure) + end;
}
