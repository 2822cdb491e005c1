/** A kept run as an archive holds it, and by what two of them are equal. */
import { CheckpointError, decodeCheckpoint } from '../../../model/checkpoint.ts';
import { sha256 } from '../../../model/sha256.ts';
import { pictureFault } from '../../runs/views/pictureFault.ts';
import type { KeptPicture } from '../../state/keptView.ts';
import { lengthsOf, seriesFault, seriesKeys, seriesOf, type Lengths, type SeriesOf } from '../columns.ts';
import type { KeepDb } from '../keepDb.ts';
import type { CheckpointEntry } from '../stored.ts';
import { RecordError, runOfRecord, type RunRecord } from '../runRecord.ts';
import { canonicalText } from './exactJson.ts';
import { encodePoints } from './pointsFile.ts';

export interface KeptRun {
  /** Nobody trains it where the archive is opened. */
  readonly record: RunRecord;
  readonly points: ArrayBuffer;
  /** Ascending. */
  readonly entries: readonly CheckpointEntry[];
}

/** Null where the run is not there, or what is there cannot be read. */
export async function keptRun(db: KeepDb, id: string): Promise<KeptRun | null> {
  const whole = await db.whole(id);
  const series = whole && seriesOf(whole.packs, whole.record.isLogged);
  if (!series || !isSound(whole.record) || pointsFault(series, whole.record) !== null) return null;
  const entries = whole.entries.filter(({ step }) => step <= whole.record.step);
  return { record: { ...whole.record, owner: null }, points: encodePoints(series), entries };
}

/** What of points is not as their record speaks of them; null if nothing is. */
export const pointsFault = (series: SeriesOf, { lengths }: RunRecord): string | null =>
  seriesFault(series) ??
  (equalLengths(lengthsOf(series), lengths) ? null : 'its curves are longer or shorter than its record says');

const equalLengths = (a: Lengths, b: Lengths) => seriesKeys.every((key) => a[key] === b[key]);

function isSound(record: RunRecord): boolean {
  try {
    runOfRecord(record);
    return true;
  } catch (error) {
    if (error instanceof RecordError) return false;
    throw error;
  }
}

/** Whether the file of a moment is one, and of the step of its entry. */
export async function isMoment(file: ArrayBuffer, entry: CheckpointEntry): Promise<boolean> {
  if (file.byteLength !== entry.bytes) return false;
  try {
    return (await decodeCheckpoint(file)).state.step === entry.step;
  } catch (error) {
    if (error instanceof CheckpointError) return false;
    throw error;
  }
}

/** The picture of a kept view, if it is the one that the view speaks of. */
export async function soundPicture(
  picture: KeptPicture,
  file: ArrayBuffer | null,
): Promise<ArrayBuffer | null> {
  if (file?.byteLength !== picture.bytes || pictureFault(picture.type, file) !== null) return null;
  return (await sha256(new Uint8Array(file))) === picture.sha256 ? file : null;
}

/** Runs with the same are the same, whatever their ids and those of the runs that they began as, and whenever they were written. */
export async function contentOf(record: RunRecord, points: ArrayBuffer): Promise<string> {
  // Nets have other ids elsewhere, and before version 2 no record had views.
  const views = record.views.map(({ id, made, name, summary, picture }) => ({ id, made, name, summary, picture })); // prettier-ignore
  const { views: _, ...rest } = record;
  // A parent that came in beside another run of its id has a new one, and its branches follow it.
  const history = record.history.map((chapter) =>
    chapter.kind === 'branched' ? { ...chapter, run: '' } : chapter,
  );
  const text = canonicalText({
    ...rest,
    id: '',
    history,
    updated: 0,
    owner: null,
    ...(views.length > 0 && { views }),
  });
  const [head, body] = await Promise.all([digestOf(text), sha256(new Uint8Array(points))]);
  return digestOf(`${head} ${body}`);
}

const digestOf = (text: string) => sha256(new TextEncoder().encode(text));
