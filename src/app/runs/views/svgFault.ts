/**
 * What an SVG holds that no drawing of this page does: a script, what loads something, a document type, an element that is none of its own. It
 * reads what an XMLSerializer writes, and refuses everything else, comments too: what is not understood cannot be judged. Null if nothing is wrong.
 */

const elements = new Set(['svg', 'g', 'path', 'rect', 'line', 'circle', 'ellipse', 'polyline', 'polygon', 'text', 'tspan', 'image', 'defs', 'clipPath', 'linearGradient', 'radialGradient', 'stop', 'title', 'desc']); // prettier-ignore
const DEEPEST = 64;
const LONGEST_SIDE = 20_000;
const NAMESPACES = ['http://www.w3.org/2000/svg', 'http://www.w3.org/1999/xlink'];

const tag = /<(\/?)([A-Za-z]+)((?:\s+[A-Za-z_][\w:.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const attribute = /([A-Za-z_][\w:.-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;

export function svgFault(svg: string): string | null {
  const open: string[] = [];
  let isOver = false;
  let at = 0;
  while (at < svg.length) {
    const next = svg.indexOf('<', at);
    const between = svg.slice(at, next < 0 ? svg.length : next);
    if (open.length === 0 && between.trim() !== '') return 'it holds text outside of its drawing';
    if (decoded(between) === null) return 'it holds an entity that is not known';
    if (next < 0) break;
    tag.lastIndex = next;
    const [whole, end = '', name = '', given = '', closed = ''] = tag.exec(svg) ?? [];
    if (whole === undefined) return `at character ${next} stands something else than an element`;
    at = next + whole.length;
    if (end !== '') {
      if (open.pop() !== name || given !== '' || closed !== '') return `${name} ends where it did not begin`;
      isOver = open.length === 0;
      continue;
    }
    if (isOver) return 'it holds more than one drawing';
    if (open.length === 0 && name !== 'svg') return 'it is no SVG';
    if (!elements.has(name)) return `it holds an element ${name}`;
    const fault = attributesFault(name, given, open.length === 0);
    if (fault !== null) return fault;
    if (closed === '') open.push(name);
    else if (open.length === 0) isOver = true;
    if (open.length > DEEPEST) return 'its elements lie too deep in each other';
  }
  return isOver ? null : 'it does not come to its end';
}

function attributesFault(element: string, text: string, isRoot: boolean): string | null {
  const seen = new Map<string, string>();
  for (const [, name = '', one, other] of text.matchAll(attribute)) {
    const value = decoded(one ?? other ?? '');
    if (value === null || seen.has(name)) return `${element} has an attribute ${name} that cannot be read`;
    seen.set(name, value);
    if (!isHarmless(element, name, value)) return `${element} has an attribute ${name} that no drawing has`;
  }
  if (!isRoot) return null;
  const sides = ['width', 'height'].map((side) => seen.get(side) ?? '');
  const isSized = sides.every((side) => /^\d+(\.\d+)?$/.test(side) && Number(side) >= 1 && Number(side) <= LONGEST_SIDE); // prettier-ignore
  return isSized && seen.get('xmlns') === NAMESPACES[0] ? null : 'it does not say how large it is';
}

/** What begins with `on` runs, `href` and `url()` load: all but pixels that stand in it, and parts of it. */
function isHarmless(element: string, name: string, value: string): boolean {
  if (/^xmlns(:|$)/.test(name)) return NAMESPACES.includes(value);
  if (/^on/i.test(name)) return false;
  if (/^(xlink:)?href$/.test(name))
    return element === 'image' && /^data:image\/(png|jpeg);base64,[A-Za-z\d+/=\s]*$/.test(value);
  if (name.includes(':') && name !== 'xml:space') return false;
  // A style may be written in escapes, and import.
  const rest = value.replace(/url\(\s*(["']?)#[^"'()\\\s]+\1\s*\)/gi, '');
  return !/url\s*\(|@|\\|(?:java|vb)script:|expression\s*\(|image-set|image\s*\(|\/\*/i.test(rest);
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const entity = /&(?:(amp|lt|gt|quot|apos)|#(?:(9|10|13)|x([9aAdD])));/g;

/** Null where something else stands for a letter than an XMLSerializer writes. */
function decoded(text: string): string | null {
  const value = text.replace(
    entity,
    (_, name?: string, decimal?: string, hex?: string) =>
      (name !== undefined ? named[name] : String.fromCharCode(Number(decimal ?? `0x${hex ?? ''}`))) ?? '',
  );
  return text.replace(entity, '').includes('&') ? null : value;
}
