/** The style sheets, read as they are written: no rule of one depends on where another file is imported. */
import { readdirSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const app = fileURLToPath(new URL('../../', import.meta.url));
const layersFile = 'ui/styles/layers.css';
/** Faces have no order. */
const unlayered = [layersFile, 'ui/styles/fonts.css'];

interface Block {
  /** What stands before the brace. */
  readonly head: string;
  readonly body: string;
}

/** The blocks of a text without comments, one level deep. */
function blocksOf(css: string): readonly Block[] {
  const blocks: Block[] = [];
  for (let at = 0; ;) {
    const open = css.indexOf('{', at);
    if (open < 0) return blocks;
    let [end, depth] = [open + 1, 1];
    for (; depth > 0 && end < css.length; end++) depth += Number(css[end] === '{') - Number(css[end] === '}');
    blocks.push({ head: css.slice(at, open).trim(), body: css.slice(open + 1, end - 1) });
    at = end;
  }
}

/** A comma that stands in no parentheses, nor in those inside of them. */
const BETWEEN_SELECTORS = /,(?!(?:[^()]|\([^()]*\))*\))/;

/** The selectors of a layer's body, those inside of media queries too. */
const selectorsOf = (body: string): readonly string[] =>
  blocksOf(body).flatMap(({ head, body: inner }) => {
    if (head.startsWith('@media')) return selectorsOf(inner);
    return head.startsWith('@') ? [] : head.split(BETWEEN_SELECTORS).map((selector) => selector.trim());
  });

/**
 * What a selector dresses, and inside of what: its last class, and the first one if that is another. Without a class, its last
 * element.
 */
function targetOf(selector: string): string {
  const classes = selector.match(/\.[\w-]+/g) ?? [];
  const [first, last] = [classes[0], classes.at(-1)];
  if (last === undefined)
    return selector
      .split(/[ >+~]+/)
      .at(-1)!
      .replace(/(?<=.):.*/, '');
  return first === last ? last : `${first} ${last}`;
}

const sheets = readdirSync(app, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.css'))
  .map((file) => file.replaceAll('\\', '/'))
  .toSorted()
  .map((file) => ({
    file,
    lines: readFileSync(app + file, 'utf8').split('\n').length,
    css: readFileSync(app + file, 'utf8').replace(/\/\*[^]*?\*\//g, ''),
  }));
const layered = sheets.filter(({ file }) => !unlayered.includes(file));
const order = /@layer ([\w, ]+);/.exec(sheets.find(({ file }) => file === layersFile)?.css ?? '')?.[1]?.split(', ') ?? []; // prettier-ignore

test('every sheet begins with the order of the layers, and stands in them whole', () => {
  expect(layered.length).toBeGreaterThan(15);
  for (const { file, css } of layered) {
    const path = relative(`${app}${file}/..`, app + layersFile);
    expect(css.trim(), file).toMatch(new RegExp(`^@import '(\\./)?${path.replaceAll('.', '\\.')}';`));
    const heads = blocksOf(css.replace(/@import [^;]+;/, '')).map(({ head }) => head);
    for (const head of heads)
      expect(
        order.map((layer) => `@layer ${layer}`),
        file,
      ).toContain(head);
  }
});

test('within a layer each class, and each class inside of another, is dressed in one file', () => {
  const homes = new Map<string, Set<string>>();
  for (const { file, css } of layered) {
    for (const { head, body } of blocksOf(css.replace(/@import [^;]+;/, ''))) {
      for (const selector of selectorsOf(body)) {
        const key = `${head}: ${targetOf(selector)}`;
        homes.set(key, (homes.get(key) ?? new Set()).add(file));
      }
    }
  }
  expect(homes.size).toBeGreaterThan(200);
  expect([...homes].filter(([key, files]) => files.size > 1 && !key.endsWith(': :root'))).toEqual([]);
});

/** What lets a thing be seen, or not. */
const SHOWS =
  /(?:^|;)\s*(?:display|visibility|opacity|clip-path|content|transform|translate|scale|width|height|(?:max|min)-(?:width|height)|inset|top|left|right|bottom|position|pointer-events)\s*:/;

/** The rules of a layer's body, those inside of media queries too. */
const rulesOf = (body: string): readonly Block[] =>
  blocksOf(body).flatMap((block) => (block.head.startsWith('@') ? rulesOf(block.body) : [block]));

test('nothing is there only while it is pointed at: at touch nothing is', () => {
  const rules = layered.flatMap(({ css }) => rulesOf(css.replace(/@(import|layer) [^;{]+;/g, '')));
  const hovered = rules.filter(({ head }) => head.includes(':hover'));
  expect(hovered.length).toBeGreaterThan(3);
  expect(hovered.filter(({ body }) => SHOWS.test(body)).map(({ head }) => head)).toEqual([]);
  expect(SHOWS.test('\n color: red;\n opacity: 1;')).toBe(true);
});

test('a sheet is no longer than a module may be: what it dresses is one thing', () => {
  expect(sheets.filter(({ lines }) => lines > 300).map(({ file, lines }) => `${file}: ${lines}`)).toEqual([]);
});

test('what a selector dresses is its last class, inside of its first', () => {
  expect(
    ['.a', '.a b', '.a > .b:hover', 'dialog.b', 'button:hover:not(:disabled)', 'main', ':root'].map(targetOf),
  ).toEqual(['.a', '.a', '.a .b', '.b', 'button', 'main', ':root']);
});
