import { imports as words } from '../messages/enExport.ts';
import { ImportError } from './readRunsJson.ts';

/** The text of a file. Throws {@link ImportError} if it is none: a picture, an archive, or text in another encoding. */
export async function readText(file: Pick<File, 'name' | 'text'>): Promise<string> {
  const text = await file.text();
  if (text.includes('\0')) throw new ImportError(words.notText(file.name));
  return text;
}
