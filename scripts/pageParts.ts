/** A build plugin: writes into the built page which files each part needs that is loaded later (src/app/ui/parts/partFiles.ts reads it). */
import { basename } from 'node:path';
import type { Plugin, Rolldown } from 'vite';

type Chunk = Pick<Rolldown.OutputChunk, 'fileName' | 'isEntry' | 'moduleIds' | 'imports'> & {
  readonly viteMetadata?: { readonly importedCss: ReadonlySet<string> } | undefined;
};

/**
 * The files of every part, by the name of its source file without the ending: those that the entries do not bring. `targets` are the
 * modules that are imported dynamically; one of them may share its chunk with others.
 */
export function partFilesOf(
  chunks: readonly Chunk[],
  targets: Iterable<string>,
): Readonly<Record<string, readonly string[]>> {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const filesOf = (from: readonly Chunk[]): ReadonlySet<string> => {
    const reached = new Set(from);
    for (const chunk of reached) {
      for (const name of chunk.imports) {
        const next = byName.get(name);
        if (next) reached.add(next);
      }
    }
    return new Set(
      [...reached].flatMap((chunk) => [chunk.fileName, ...(chunk.viteMetadata?.importedCss ?? [])]),
    );
  };
  const first = filesOf(chunks.filter((chunk) => chunk.isEntry));
  return Object.fromEntries(
    [...targets].sort().map((id) => {
      const chunk = chunks.find(({ moduleIds }) => moduleIds.includes(id));
      if (!chunk) throw new Error(`${id} is imported dynamically, and stands in no chunk`);
      return [basename(id).replace(/\.\w+$/, ''), [...filesOf([chunk])].filter((file) => !first.has(file))];
    }),
  );
}

/** What of a module's record decides in which file it stands. */
type Importers = Pick<Rolldown.ModuleInfo, 'isEntry' | 'importers'>;

/**
 * Whether the page's entry brings a module, by imports that are not dynamic. All such stand in one file: of many small ones each could be
 * the one that is missing, and they compress less.
 */
export function isBroughtAtOnce(id: string, infoOf: (id: string) => Importers | null): boolean {
  const seen = new Set([id]);
  for (const at of seen) {
    const info = infoOf(at);
    if (info?.isEntry) return true;
    for (const importer of info?.importers ?? []) seen.add(importer);
  }
  return false;
}

export function pageParts(): Plugin {
  const targets = new Set<string>();
  return {
    name: 'page-parts',
    apply: 'build',
    config: () => ({
      build: {
        rolldownOptions: {
          output: {
            codeSplitting: {
              groups: [
                {
                  debugName: 'page',
                  name: (id, context) =>
                    isBroughtAtOnce(id, (module) => context.getModuleInfo(module)) ? 'page' : null,
                },
              ],
            },
          },
        },
      },
    }),
    buildEnd() {
      for (const id of this.getModuleIds()) {
        if (this.getModuleInfo(id)?.dynamicImporters.length) targets.add(id);
      }
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        const chunks = Object.values(bundle ?? {}).filter((file) => file.type === 'chunk');
        // A block of data: no script that a Content-Security-Policy would have to allow.
        const attrs = { id: 'parts', type: 'application/json' };
        return [
          { tag: 'script', attrs, children: JSON.stringify(partFilesOf(chunks, targets)), injectTo: 'head' },
        ];
      },
    },
  };
}
