/** Whether the server has another version of this page by now: then files that this one still asks for may be gone. */
import { useEffect, useState } from 'react';

/** The script by which a version of the page is known: its name holds a hash of the content. */
const versionOf = (page: Document): string | null =>
  page.querySelector('script[type="module"][src]')?.getAttribute('src') ?? null;

/** False also where the server cannot be asked. */
export async function isOutdated(page: Document, fetchPage: typeof fetch): Promise<boolean> {
  const version = versionOf(page);
  if (version === null) return false;
  const { origin, pathname } = new URL(page.baseURI);
  try {
    const response = await fetchPage(origin + pathname, { cache: 'no-store' });
    return response.ok && !(await response.text()).includes(version);
  } catch {
    return false; // Offline: what failed says so itself.
  }
}

/** Asks once for each `failure`, null for none. */
export function useOutdated(failure: unknown): boolean {
  const [old, setOld] = useState<unknown>(null);
  useEffect(() => {
    let isWanted = failure !== null;
    if (isWanted) void isOutdated(document, fetch).then((is) => is && isWanted && setOld(failure));
    return () => {
      isWanted = false;
    };
  }, [failure]);
  return failure !== null && old === failure;
}
