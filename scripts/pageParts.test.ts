import { expect, test } from 'vitest';
import { isBroughtAtOnce, partFilesOf } from './pageParts.ts';

const chunk = (fileName: string, imports: readonly string[], facadeModuleId: string | null = null) => ({
  fileName,
  imports: [...imports],
  facadeModuleId,
  isEntry: fileName === 'index.js',
  isDynamicEntry: facadeModuleId !== null && fileName !== 'index.js',
});

test('a part needs its own file, what that imports, and their styles; not what the page has', () => {
  const files = partFilesOf([
    chunk('index.js', ['page.js'], '/src/index.html'),
    chunk('page.js', []),
    chunk('shared.js', ['page.js']),
    {
      ...chunk('table.js', ['shared.js', 'index.js'], '/src/RunsTable.tsx'),
      viteMetadata: { importedCss: new Set(['table.css']) },
    },
    chunk('script.js', ['page.js'], '/src/deep/logTable.ts'),
  ]);
  expect(files).toEqual({
    RunsTable: ['table.js', 'table.css', 'shared.js'],
    logTable: ['script.js'],
  });
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
