/** `npm run preview`: writes public/recordings/preview.json anew; to be run when plain-20-s1 or plain-56-s1 was recorded anew. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PREVIEW_FILE, previewText } from './recordingPreview.ts';

const folder = join(import.meta.dirname, '../public/recordings');
const text = await previewText(folder);
await writeFile(join(folder, PREVIEW_FILE), text);
console.log(`public/recordings/${PREVIEW_FILE}: ${text.length} bytes`);
