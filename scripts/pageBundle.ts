/** A build plugin: proves that the page loads no TensorFlow.js and no more than it may, and prints what page and workers weigh. */
import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

/** What of a module's record the walk reads. */
export interface ModuleLinks {
  readonly importedIds: readonly string[];
  readonly dynamicallyImportedIds: readonly string[];
}

/** TensorFlow.js in any of its packages. */
const FORBIDDEN = /[\\/](@tensorflow|tfjs[\w-]*)[\\/]/;

/** The document that the page is. */
const PAGE = 'index.html';

/**
 * Walks everything that `entries` import, statically or dynamically. Returns the shortest chain of imports to a module
 * whose id matches `forbidden`, or null; `visited` counts the modules seen. Workers are no imports, so it stops there.
 */
export function findForbiddenImport(
  entries: readonly string[],
  linksOf: (id: string) => ModuleLinks | null,
  forbidden: RegExp = FORBIDDEN,
): { readonly chain: readonly string[] | null; readonly visited: number } {
  const importer = new Map<string, string | null>(entries.map((id) => [id, null]));
  for (const [id] of importer) {
    if (forbidden.test(id)) {
      const chain: string[] = [];
      for (let at: string | null | undefined = id; at; at = importer.get(at)) chain.unshift(at);
      return { chain, visited: importer.size };
    }
    const links = linksOf(id);
    for (const next of [...(links?.importedIds ?? []), ...(links?.dynamicallyImportedIds ?? [])]) {
      if (!importer.has(next)) importer.set(next, id);
    }
  }
  return { chain: null, visited: importer.size };
}

/** One file of the build, in bytes. */
interface Size {
  readonly name: string;
  readonly raw: number;
  readonly gzip: number;
}

/** The parts that the page shows, and so asks for, without being asked itself; other roots (e2e/fixtures) have none. */
const AT_ONCE: readonly string[] = ['ChartsPanel'];
/** The part by which the page is known: it shows the others. */
const LAB = 'LabPlace';

/**
 * Most bytes of scripts, gzipped, that the page loads by itself: little more than it does. On slow 4G (1.6 Mbit/s, as Lighthouse has it)
 * they are there within a second, in which the page promises to be usable.
 */
const MOST_BY_ITSELF = 168_000;
/** Of them those without which nothing is shown: the start is there after 0.65 s of slow 4G. */
const MOST_AT_FIRST = 129_000;

type Links = Pick<Rolldown.OutputChunk, 'isEntry' | 'imports'>;

/** Names of the chunks that are loaded before the page shows anything: the entries and their static imports. */
export const firstLoad = (chunks: ReadonlyMap<string, Links>) =>
  withImports(
    chunks,
    [...chunks].filter(([, chunk]) => chunk.isEntry).map(([name]) => name),
  );

function withImports(chunks: ReadonlyMap<string, Links>, from: readonly string[]) {
  const names = new Set(from);
  for (const name of names) for (const next of chunks.get(name)?.imports ?? []) names.add(next);
  return names;
}

function measure(name: string, content: string | Uint8Array): Size {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { name, raw: bytes.byteLength, gzip: gzipSync(bytes).byteLength };
}

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

function line(title: string, sizes: readonly Size[]): string {
  const total = (key: 'raw' | 'gzip') => sizes.reduce((sum, size) => sum + size[key], 0);
  return `  ${title.padEnd(34)} ${kilobytes(total('gzip')).padStart(10)} gz ${kilobytes(total('raw')).padStart(11)}`;
}

/** What of the build's files is weighed. */
type Built = Readonly<
  Record<
    string,
    | Pick<Rolldown.OutputChunk, 'type' | 'fileName' | 'name' | 'code' | 'imports' | 'isEntry'>
    | Pick<Rolldown.OutputAsset, 'type' | 'fileName' | 'source'>
  >
>;

/** The files of the build, by what asks for them. */
interface Weights {
  readonly first: readonly Size[];
  readonly atOnce: readonly Size[];
  readonly later: readonly Size[];
  readonly styles: readonly Size[];
  readonly worker: readonly Size[];
}

export function weigh(bundle: Built): Weights {
  const files = Object.values(bundle).filter((file) => !file.fileName.endsWith('.map'));
  const chunks = new Map(files.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file]] : [])));
  const first = firstLoad(chunks);
  const found = [...chunks].filter(([, chunk]) => AT_ONCE.includes(chunk.name));
  if ([...chunks.values()].some(({ name }) => name === LAB) && found.length < AT_ONCE.length)
    throw new Error(
      `of ${AT_ONCE.join(', ')} not all are parts any more: say here what the page shows at once`,
    );
  const second = withImports(
    chunks,
    found.map(([name]) => name),
  );
  const page = [...chunks.values()].map((chunk) => measure(chunk.fileName, chunk.code));
  const assets = files.flatMap((file) =>
    file.type === 'asset' && /\.(css|js|wasm)$/.test(file.fileName)
      ? [measure(file.fileName, file.source)]
      : [],
  );
  return {
    first: page.filter(({ name }) => first.has(name)),
    atOnce: page.filter(({ name }) => second.has(name) && !first.has(name)),
    later: page.filter(({ name }) => !second.has(name) && !first.has(name)),
    styles: assets.filter(({ name }) => name.endsWith('.css')),
    // Vite builds each worker apart and hands its files over as assets.
    worker: assets.filter(({ name }) => !name.endsWith('.css')).sort((a, b) => b.gzip - a.gzip),
  };
}

/** The report: page first, then every script and WebAssembly file of the workers. */
function report({ first, atOnce, later, styles, worker }: Weights): string {
  return [
    line('page, first load (scripts)', first),
    line('page, styles', styles),
    line('page, at once after it (scripts)', atOnce),
    line('page, loaded when needed', later),
    ...worker.map((asset) => line(`worker ${asset.name.replace(/^assets\//, '')}`, [asset])),
  ].join('\n');
}

/** What is wrong where the page loads more by itself than `most` bytes, gzipped; null where it does not. */
export function overweight(
  { first, atOnce }: Pick<Weights, 'first' | 'atOnce'>,
  most: number = MOST_BY_ITSELF,
  mostAtFirst: number = MOST_AT_FIRST,
): string | null {
  return (
    tooHeavy('before it shows anything', first, mostAtFirst) ??
    tooHeavy('by itself', [...first, ...atOnce], most)
  );
}

function tooHeavy(when: string, files: readonly Size[], most: number): string | null {
  const scripts = files.toSorted((a, b) => b.gzip - a.gzip);
  const total = scripts.reduce((sum, { gzip }) => sum + gzip, 0);
  if (total <= most) return null;
  const each = scripts.map(({ name, gzip }) => `\n  ${kilobytes(gzip).padStart(9)} gz  ${name}`);
  return (
    `the page loads ${kilobytes(total)} gz of scripts ${when}, and may load ${kilobytes(most)}:${each.join('')}\n` +
    'Let what neither the first view nor Train needs come later (src/app/ui/parts), or take weight out.'
  );
}

/** The plugin. The build fails with the chain of imports where the page would load TensorFlow.js, and with the files where it is too heavy. */
export function pageBundle(): Plugin {
  return {
    name: 'page-bundle',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const entries = chunks.flatMap((chunk) =>
        chunk.isEntry && chunk.facadeModuleId ? [chunk.facadeModuleId] : [],
      );
      const { chain, visited } = findForbiddenImport(entries, (id) => this.getModuleInfo(id));
      if (chain) this.error(`the page would load TensorFlow.js:\n  ${chain.join('\n  -> ')}`);
      const rendered = chunks.flatMap((chunk) => chunk.moduleIds).find((id) => FORBIDDEN.test(id));
      if (rendered) this.error(`TensorFlow.js is in a chunk of the page: ${rendered}`);
      if (visited <= entries.length) this.error('the check of the page saw no modules: it proves nothing');
      this.info(`no TensorFlow.js among the page's ${visited} modules`);
    },
    writeBundle(_options, bundle) {
      const weights = weigh(bundle);
      this.info(`sizes\n${report(weights)}`);
      // What is built to be measured or tried has parts of its own.
      const fault = PAGE in bundle ? overweight(weights) : null;
      if (fault !== null) this.error(fault);
    },
  };
}
