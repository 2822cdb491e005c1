/** Archives: all of one comes in and is written again as it was, or nothing of it does. */
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { ArchiveError } from '../../../src/app/keep/archive/archiveError.ts';
import { importArchive } from '../../../src/app/keep/archive/importArchive.ts';
import { writeArchive } from '../../../src/app/keep/archive/writeArchive.ts';
import { loadRun } from '../../../src/app/keep/loadRun.ts';
import { runOfRecord } from '../../../src/app/keep/runRecord.ts';
import { dumpOf, keptRuns, openNamed, repacked, waiting } from '../../../src/app/keep/testing/keptRuns.ts';
import type { KeepDb } from '../../../src/app/keep/keepDb.ts';
import { mustEqual, reading, Violation, type FuzzTarget } from '../fuzz.ts';
import { mutatedBytes, mutatedJsonText } from '../mutations.ts';
import { mustDraw } from './mustDraw.ts';

const app = { version: '0', commit: null };
const save = (db: KeepDb) =>
  writeArchive(db, { app, exported: new Date(0), withMoments: true, ...waiting() });

const source = await openNamed('fuzz of archives');
await source.write(await keptRuns());
const { file } = await save(source);
const sound = new Uint8Array(await file.arrayBuffer());
const texts = new Map<string, unknown>();
const points = new Map<string, Uint8Array<ArrayBuffer>>();
await repacked(
  sound,
  (files) => {
    for (const [path, content] of files) {
      if (path.endsWith('.json'))
        texts.set(path, JSON.parse(new TextDecoder().decode(content as Uint8Array)));
      if (path.endsWith('points.safetensors')) points.set(path, Uint8Array.from(content as Uint8Array));
    }
  },
  false,
);
source.close();

/** One file of it changed, and its hash right, as who writes such a file by hand would do it. */
const forged = (path: string, contents: fc.Arbitrary<string | Uint8Array>) =>
  contents.map((content) => ({ path, content, isForged: path !== 'manifest.json' }));
const inputs = fc.oneof(
  { arbitrary: mutatedBytes(fc.constant(sound)).map((bytes) => bytes), weight: 3 },
  ...[...texts].map(([path, value]) => ({ arbitrary: forged(path, mutatedJsonText([value])), weight: 1 })),
  ...[...points].map(([path, bytes]) => ({
    arbitrary: forged(path, mutatedBytes(fc.constant(bytes))),
    weight: 1,
  })),
);
/** As JSON where a part is changed: what is told of a violation should be short. */
const asInput = inputs.map((input) =>
  input instanceof Uint8Array
    ? input
    : JSON.stringify([
        input.path,
        typeof input.content === 'string' ? input.content : Buffer.from(input.content).toString('latin1'),
        typeof input.content === 'string',
        input.isForged,
      ]),
);

async function fileOf(input: string | Uint8Array<ArrayBuffer>): Promise<Blob> {
  if (typeof input !== 'string') return new Blob([input]);
  const [path, content, isText, isForged] = JSON.parse(input) as [string, string, boolean, boolean];
  const bytes = isText ? content : Uint8Array.from(Buffer.from(content, 'latin1'));
  return repacked(sound, (files) => void files.set(path, bytes), isForged);
}

const services = { owner: 'me', now: () => 0, free: () => Promise.resolve(null) };
let count = 0;
const empty = { runs: [], session: undefined, journals: [] };

export const archives: FuzzTarget = {
  name: 'archives',
  inputs: asInput,
  async attempt(input) {
    const blob = await fileOf(input);
    const name = `fuzzed archive ${count++}`;
    const db = await openNamed(name);
    try {
      const read = await reading(() => importArchive(db, blob, 'all.tar', services, waiting()), ArchiveError);
      if (!read) {
        mustEqual('what was there after a refusal', await dumpOf(db), empty);
        return false;
      }
      for (const record of read.value.records) {
        mustDraw((await loadRun(db, runOfRecord(record).run, record.isLogged)).run);
      }
      const again = await save(db);
      if (again.damagedRuns.length + again.damagedMoments + again.damagedPictures > 0)
        throw new Violation('was taken, and cannot be saved again');
      const other = await importArchive(db, again.file, 'again.tar', services, waiting());
      if (other.added.length + other.moments > 0)
        throw new Violation('saved and brought in again, it is another one');
      return true;
    } finally {
      db.close();
      indexedDB.deleteDatabase(name);
    }
  },
};
