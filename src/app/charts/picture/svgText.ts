/** Text of the pictures that the page saves. */

/** To a tenth of a unit of the picture. */
export const round = (value: number) => Math.round(10 * value) / 10;

export interface TextStyle {
  readonly size: number;
  readonly fill: string;
  readonly weight?: number;
  readonly anchor?: 'middle' | 'end';
  /** The colour around its letters, which keeps it apart from lines that it lies on. */
  readonly halo?: string;
}

/** One line of text as an SVG element; `anchor` says which part of it stands at `x`. */
export function svgText(
  x: number,
  y: number,
  content: string,
  { size, fill, weight = 400, anchor, halo }: TextStyle,
): string {
  const anchored = anchor ? ` text-anchor="${anchor}"` : '';
  const outlined = halo ? ` stroke="${halo}" stroke-width="4" paint-order="stroke"` : '';
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}" font-weight="${weight}" fill="${fill}"${anchored}${outlined}>${escaped(content)}</text>`;
}

/** What XML allows: no control characters, and none of its own signs. */
export function escaped(content: string): string {
  const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return content
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"]/g, (sign) => signs[sign] ?? '');
}
