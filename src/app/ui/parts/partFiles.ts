/**
 * Fetches the files of a part before it is imported. The browser remembers a failed import (the module map of the HTML standard until
 * July 2026, and of every browser before): whoever imports again is refused without a request. A failed fetch is forgotten, and says why.
 */
import { PartError } from './partError.ts';

/** The files of each part that is loaded later, relative to the page; scripts/pageParts.ts writes them into the built page. */
export type PartFiles = Readonly<Record<string, readonly string[]>>;

export const PARTS_ID = 'parts';

/** The list in the document; null in development, where files are made when they are asked for. */
export function readPartFiles(document: Pick<Document, 'getElementById'>): PartFiles | null {
  const text = document.getElementById(PARTS_ID)?.textContent;
  return text ? (JSON.parse(text) as PartFiles) : null;
}

/** Milliseconds after which a file is late. */
const DEADLINE = 30_000;

/**
 * Resolves when every file has arrived whole, and with that lies in the browser's cache. Throws a {@link PartError}. A server that answers
 * with its front page where a file is missing has not got it.
 */
export async function fetchFiles(
  files: readonly string[],
  fetchFile: typeof fetch,
  base: string,
): Promise<void> {
  await Promise.all(
    files.map(async (file) => {
      const signal = AbortSignal.timeout(DEADLINE);
      try {
        const response = await fetchFile(new URL(file, base), { signal });
        const isPage = response.headers.get('content-type')?.startsWith('text/html');
        if (!response.ok || isPage) throw new PartError('missing', file);
        await response.arrayBuffer();
      } catch (error) {
        if (error instanceof PartError) throw error;
        throw new PartError(signal.aborted ? 'late' : 'unreachable', file, { cause: error });
      }
    }),
  );
}
