/** A file that a person chose, read for what it is: runs that this page saved, or a log. */
import { ImportError } from '../../../runs/codec/importError.ts';
import { runsFromJson } from '../../../runs/codec/readRunsJson.ts';
import { RUNS_FORMAT } from '../../../runs/codec/runsJson.ts';
import { fileFaults as faults } from '../enLogFaults.ts';
import type { Run } from '../../../state/run.ts';
import { decoderOf, type Decoder } from '../text/decodeText.ts';
import type { LogTable } from '../table/logTable.ts';
import { LogText } from '../text/logText.ts';

/** Larger files are refused. */
export const MOST_BYTES = 250_000_000;
const PIECE_BYTES = 2_000_000;

export type FileContent =
  | { readonly kind: 'runs'; readonly runs: readonly Run[] }
  | { readonly kind: 'log'; readonly table: LogTable };

/** What a `File` is to a reader. */
export type FileLike = Pick<File, 'name' | 'size' | 'slice'>;

/**
 * Reads in pieces; `progress` is told after each how many bytes are read. `ordinal` keeps the ids of several imports apart. Throws
 * {@link ImportError}.
 */
export async function readFile(
  file: FileLike,
  ordinal: number,
  progress: (bytes: number) => void = () => undefined,
): Promise<FileContent> {
  const { name, size } = file;
  if (size > MOST_BYTES) throw new ImportError(faults.large(name, size, MOST_BYTES));
  const log = new LogText(name);
  const saved: string[] = [];
  let decoder: Decoder | null = null;
  let isSaved = false;
  for (let at = 0; at < size || at === 0; at += PIECE_BYTES) {
    const bytes = await bytesOf(file, at);
    const isLast = at + PIECE_BYTES >= size;
    const isFirst = decoder === null;
    decoder ??= decoderOf(bytes, name);
    const text = decoder.decode(bytes, isLast);
    if (isFirst) isSaved = SAVED.test(text.slice(0, 100_000));
    if (isSaved) saved.push(text);
    else log.push(text, isLast);
    progress(Math.min(size, at + PIECE_BYTES));
  }
  if (isSaved) return { kind: 'runs', runs: runsFromJson(saved.join(''), name, ordinal) };
  const table = log.finish();
  const note = decoder?.note ?? null;
  return { kind: 'log', table: note === null ? table : { ...table, notes: [note, ...table.notes] } };
}

/** Of a file that "Runs as JSON" saved. */
const SAVED = new RegExp(`^\\s*\\{[^]*?"format"\\s*:\\s*"${RUNS_FORMAT}"`);

async function bytesOf(file: FileLike, at: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(at, at + PIECE_BYTES).arrayBuffer());
  } catch (cause) {
    throw new ImportError(faults.unread(file.name), { cause });
  }
}
