/** The preview of the recordings that the page shows at its start, as it is made from them. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { parseRun } from '../src/model/config.ts';
import { RECORDING_FORMAT, RECORDING_VERSION } from '../src/model/recording.ts';
import {
  PREVIEW_FORMAT,
  PREVIEW_VERSION,
  previewCurve,
  type PreviewCurve,
  type RecordingPreview,
} from '../src/model/recordingPreview.ts';

export const PREVIEW_FILE = 'preview.json';

/** The two runs that the question is about. */
const PREVIEWED = ['plain-20-s1.json', 'plain-56-s1.json'];

const head = { format: v.literal(RECORDING_FORMAT), version: v.literal(RECORDING_VERSION) };
const indexSchema = v.object({
  ...head,
  recordings: v.array(
    v.object({
      file: v.string(),
      sha256: v.string(),
      commit: v.string(),
      steps: v.number(),
      config: v.unknown(),
    }),
  ),
});
const curvesSchema = v.object({
  ...head,
  wrong: v.array(v.number()),
  images: v.array(v.strictTuple([v.number(), v.number()])),
});

/** The content of the preview's file. Throws if a recording is not in `folder`, or is not the one that the index there speaks of. */
export async function previewText(folder: string): Promise<string> {
  const index = v.parse(indexSchema, JSON.parse(await readFile(join(folder, 'index.json'), 'utf8')));
  const curves: PreviewCurve[] = [];
  for (const file of PREVIEWED) {
    const entry = index.recordings.find((recording) => recording.file === file);
    if (!entry) throw new Error(`${folder}/index.json has no recording ${file}`);
    const bytes = await readFile(join(folder, file));
    if (createHash('sha256').update(bytes).digest('hex') !== entry.sha256) {
      throw new Error(
        `${folder}/${file} is not the recording that index.json speaks of: its SHA-256 differs`,
      );
    }
    const recording = v.parse(curvesSchema, JSON.parse(bytes.toString('utf8')));
    curves.push(previewCurve({ ...entry, config: parseRun(entry.config) }, recording));
  }
  const preview: RecordingPreview = { format: PREVIEW_FORMAT, version: PREVIEW_VERSION, curves };
  return `${JSON.stringify(preview)}\n`;
}
