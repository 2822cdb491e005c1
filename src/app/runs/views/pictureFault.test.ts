import { expect, test } from 'vitest';
import { pictureFault } from './pictureFault.ts';

const bytes = (text: string) => new TextEncoder().encode(text).buffer;
const root = (inner: string, more = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10.5" viewBox="0 0 20 10"${more}>${inner}</svg>`;

test.each([
  ['shapes', root('<g style="fill:rgb(1, 2, 3);font:600 12px &quot;Inter&quot;, sans-serif"><path d="M0 0L1 1"/><text>a &lt; b &amp; c</text></g>')], // prettier-ignore
  ['pixels', root('<image href="data:image/png;base64,iVBORw0KGgo=" width="3"/>')],
  ['its own parts', root('<defs><clipPath id="a"><rect/></clipPath><linearGradient id="«r1»"><stop offset="0"/></linearGradient></defs><g clip-path="url(#a)" style="fill:url(&quot;#«r1»&quot;)"/>')], // prettier-ignore
  ['lines', `${root('\n<title>x</title>\n')}\n`],
])('an SVG of %s is one', (_, svg) => {
  expect(pictureFault('image/svg+xml', bytes(svg))).toBeNull();
});

/** Each is a way to run something, to load something, or to hide either. */
test.each([
  ['a script', root('<script>alert(1)</script>'), /element script/],
  ['a script of another case', root('<SCRIPT>alert(1)</SCRIPT>'), /element SCRIPT/],
  ['a script with a prefix', root('<svg:script/>'), /something else than an element/],
  ['a page', root('<foreignObject><p/></foreignObject>'), /element foreignObject/],
  ['a link', root('<a href="javascript:alert(1)"><text>x</text></a>'), /element a$/],
  ['a part from elsewhere', root('<use href="https://x.example/a.svg#b"/>'), /element use/],
  ['an animation', root('<animate attributeName="href" to="javascript:alert(1)"/>'), /element animate/],
  ['a sheet', root('<style>@import "https://x.example/a.css";</style>'), /element style/],
  ['what runs when it is loaded', root('', ' onload="alert(1)"'), /attribute onload/],
  ['what runs, in capitals', root('<g ONCLICK="alert(1)"/>'), /attribute ONCLICK/],
  ['a picture from elsewhere', root('<image href="https://x.example/a.png"/>'), /attribute href/],
  ['a picture by its old name', root('<image xlink:href="//x.example/a.png"/>'), /attribute xlink:href/],
  ['a drawing in a drawing', root('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>'), /attribute href/],
  ['a fill from elsewhere', root('<rect fill="url(https://x.example/a.svg#b)"/>'), /attribute fill/],
  ['a fill behind one of its own', root('<rect style="fill:url(#a);stroke:url(//x.example/#b)"/>'), /style/],
  ['a fill in letters of XML', root('<rect fill="u&#114;l(//x.example)"/>'), /fill that cannot be read/],
  ['a fill in escapes of CSS', root('<rect style="fill:\\75rl(//x.example)"/>'), /attribute style/],
  ['an import', root('<rect style="@import 1"/>'), /attribute style/],
  ['a base', root('', ' xml:base="https://x.example/"'), /attribute xml:base/],
  ['a document type', `<!DOCTYPE svg [<!ENTITY a "b">]>${root('&a;')}`, /something else/],
  ['an entity', root('&a;'), /entity/],
  ['an instruction', `<?xml-stylesheet href="https://x.example/a.css"?>${root('')}`, /something else/],
  ['a comment', root('<!-- --><g/>'), /something else/],
  ['unread text', root('<![CDATA[<script/>]]>'), /something else/],
  [
    'another namespace',
    '<svg xmlns="http://www.w3.org/1999/xhtml" width="2" height="2"/>',
    /attribute xmlns/,
  ],
  ['none', '<svg width="2" height="2"/>', /how large/],
  ['no size', '<svg xmlns="http://www.w3.org/2000/svg"/>', /how large/],
  [
    'a size that no screen has',
    '<svg xmlns="http://www.w3.org/2000/svg" width="9e9" height="2"/>',
    /how large/,
  ],
  ['no end', '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"><g>', /end/],
  ['two ends', root('</g>'), /did not begin/],
  ['two drawings', root('') + root(''), /more than one/],
  ['text behind it', `${root('')}x`, /outside/],
  ['many folds', root('<g>'.repeat(70) + '</g>'.repeat(70)), /too deep/],
  ['an attribute twice', root('<g id="a" id="b"/>'), /cannot be read/],
  ['nothing', '', /end/],
  ['a page of HTML', '<html><script>1</script></html>', /no SVG/],
])('an SVG with %s is none', (_, svg, fault) => {
  expect(pictureFault('image/svg+xml', bytes(svg))).toMatch(fault);
});

const png = (width: number, height: number, length = 57) => {
  const view = new DataView(new ArrayBuffer(length));
  [0x89504e47, 0x0d0a1a0a, 13, 0x49484452, width, height].forEach((word, i) => {
    if (4 * i + 4 <= length) view.setUint32(4 * i, word);
  });
  return view.buffer;
};
test.each([
  ['a small one', png(20, 10), null],
  ['one that would fill the memory', png(16_000, 16_000), /16000 by 16000/],
  ['a line', png(16_385, 1), /by 1 pixels/],
  ['one of no height', png(3, 0), /by 0/],
  ['one that was cut short', png(20, 10, 24), /no PNG/],
  ['a drawing by that name', bytes(root('x'.repeat(100))), /no PNG/],
  ['more than is kept', png(20, 10, 2 ** 20 + 1), /larger/],
])('a PNG: %s', (_, file, fault) => {
  const found = pictureFault('image/png', file);
  if (fault === null) expect(found).toBeNull();
  else expect(found).toMatch(fault);
});

test('what is no UTF-8 is no drawing', () => {
  expect(pictureFault('image/svg+xml', new Uint8Array([0xff, 0xfe, 0x3c]).buffer)).toBe('it is no text');
});
