import * as v from 'valibot';
import { previewSchema, type RecordingPreview } from '../../model/recordingPreview.ts';

/** The preview of the recordings, from the page's own folder; null where it cannot be had or read: whoever shows it does without. */
export async function fetchPreview(
  signal: AbortSignal,
  get: (url: string, options: RequestInit) => Promise<Pick<Response, 'ok' | 'json'>> = fetch,
): Promise<RecordingPreview | null> {
  try {
    const url = new URL('recordings/preview.json', document.baseURI).href;
    const response = await get(url, { signal, priority: 'low' });
    if (!response.ok) return null;
    const result = v.safeParse(previewSchema, await response.json());
    return result.success ? result.output : null;
  } catch {
    return null;
  }
}
