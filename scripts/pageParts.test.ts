import { expect, test } from 'vitest';
import { isBroughtAtOnce, partFilesOf } from './pageParts.ts';

const chunk = (fileName: string, imports: readonly string[], moduleIds: readonly string[] = []) => ({
  fileName,
  imports: [...imports],
  moduleIds: [...moduleIds],
  isEntry: fileName === 'index.js',
});

test('a part needs its own file, what that imports, and their styles; not what the page has', () => {
  const chunks = [
    chunk('index.js', ['page.js'], ['/src/main.tsx']),
    chunk('page.js', [], ['/src/App.tsx', '/src/here.ts']),
    chunk('shared.js', ['page.js'], ['/src/words.ts', '/src/deep/logTable.ts']),
    {
      ...chunk('table.js', ['shared.js', 'index.js'], ['/src/RunsTable.tsx']),
      viteMetadata: { importedCss: new Set(['table.css']) },
    },
  ];
  expect(partFilesOf(chunks, ['/src/RunsTable.tsx', '/src/deep/logTable.ts', '/src/here.ts'])).toEqual({
    RunsTable: ['table.js', 'table.css', 'shared.js'],
    // It is in a file with others.
    logTable: ['shared.js'],
    // It comes with the page.
    here: [],
  });
  expect(() => partFilesOf(chunks, ['/src/lost.ts'])).toThrow('/src/lost.ts');
});

test('the entry brings what it reaches without a dynamic import, through circles too', () => {
  const importers: Record<string, readonly string[]> = {
    main: [],
    app: ['main', 'panel'],
    panel: ['app', 'lazy'],
    lazy: [],
    own: ['lazy'],
  };
  const infoOf = (id: string) => ({ isEntry: id === 'main', importers: [...(importers[id] ?? [])] });
  const brought = Object.keys(importers).filter((id) => isBroughtAtOnce(id, infoOf));
  expect(brought).toEqual(['main', 'app', 'panel']);
});
