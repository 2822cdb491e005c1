/** A database of kept runs for tests: each kind of thing that is stored is in it. */
import { encodeCheckpoint } from '../../../model/checkpoint.ts';
import { sha256 } from '../../../model/sha256.ts';
import { checkpointOf } from '../../../model/testing/checkpoints.ts';
import { createRun, type Run } from '../../state/run.ts';
import { Series } from '../../state/series.ts';
import { columnsBeyond, noLengths, seriesOf } from '../columns.ts';
import { KeepDb } from '../keepDb.ts';
import type { Writing } from '../stored.ts';
import { recordOf } from '../runRecord.ts';
import { padding, tarEnd, tarEntries, tarHeader } from '../archive/tar.ts';

export const openNamed = (name: string): Promise<KeepDb> => KeepDb.open(() => undefined, name);

export const waiting = () => ({ progress: () => undefined, signal: new AbortController().signal });

const of = (...values: readonly (number | null)[]) => Series.empty.append(values);
const style = { hue: 'plain', tone: 0, marker: 'circle' } as const;

/** The picture of a view that is kept with the first run. */
export const keptPicture = (): ArrayBuffer =>
  new TextEncoder().encode(
    '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="5" height="5" fill="#123456"/></svg>',
  ).buffer;

/** Three runs, of which the first has two moments, the second is its branch and diverged, and the third is a log of another program. */
export async function keptRuns(): Promise<Writing> {
  const before = checkpointOf({ step: 1, recentErrors: [0.5] });
  const last = checkpointOf();
  const files = [await encodeCheckpoint(before), await encodeCheckpoint(last)];
  const config = last.state.run;
  const series = {
    loss: of(2.5, 2.25, 2),
    error: of(0.75, 0.5, 0.5),
    learningRate: of(0.1, 0.1, 0.1),
    trainingSeconds: of(1, 2, 3),
    wallSeconds: of(1, 2, 4),
    epoch: of(0.1, 0.2, 0.3),
    speedSteps: of(3),
    imagesPerSecond: of(100),
  };
  const one: Run = {
    ...createRun({ id: 'here/1', lane: 'lane-1', name: 'one', style, config }),
    ...series,
    state: 'ended',
    end: { reason: 'interrupted', divergedAt: null, failure: null },
    created: 1_795_000_000_000,
    step: 3,
    evaluations: [{ step: 2, images: 1000, complete: false, loss: 2.3, error: 0.6, seconds: 0.5 }],
    missed: [{ step: 3, complete: true, failure: { name: 'Error', message: 'no images', stack: 'at x' } }],
    pauses: [2],
    history: [{ kind: 'continued', step: 2, when: 1_795_000_100_000, before: null }],
    tags: ['class', 'mine'],
    note: 'a note, "quoted"',
    views: [
      {
        id: '1795000200000',
        name: 'Signal by depth',
        question: 'Does every layer respond?',
        summary: 'Median response: 0.5.',
        address: '1signal;na2_shere~002f1_shere~002f2;d3',
        step: 3,
        made: 1_795_000_200_000,
        picture: {
          type: 'image/svg+xml',
          bytes: keptPicture().byteLength,
          sha256: await sha256(new Uint8Array(keptPicture())),
        },
      },
    ],
  };
  const two: Run = {
    ...one,
    id: 'here/2',
    name: 'two',
    loss: of(2.5, Infinity, NaN),
    end: { reason: 'diverged', divergedAt: 3, failure: null },
    evaluations: [{ step: 3, images: 10, complete: true, loss: NaN, error: -0, seconds: null }],
    missed: [],
    history: [{ kind: 'branched', step: 1, when: 2, run: 'here/1', name: 'one', before: config }],
    tags: [],
    note: '',
    views: [],
  };
  const three: Run = {
    ...createRun({ id: 'imported/1/0', lane: 'imported-1', name: 'three', style, config: null }),
    origin: 'file',
    created: 3,
    state: 'ended',
    step: 30,
    loggedSteps: of(10, 20, 30),
    loss: of(1, null, 0.5),
    error: of(0.5, 0.25, null),
  };
  const entry = (step: number, why: 'ladder' | 'end', file: ArrayBuffer) => ({
    entry: { run: 'here/1', step, why, evaluationDue: false, bytes: file.byteLength, saved: 5 },
    file,
  });
  return {
    runs: [one, two, three].map((run) => recordOf(run, 4, 'nobody')),
    packs: [one, two, three].flatMap((run) => packsOf(run)),
    pictures: [{ key: ['here/1', '1795000200000'], file: keptPicture() }],
    checkpoints: [entry(1, 'ladder', files[0]!), entry(3, 'end', files[1]!)],
    session: {
      experiment: null,
      runs: [],
      repeats: 0,
      prediction: 'deep',
      hidden: ['here/2'],
      deleted: [],
      owner: 'nobody',
    },
  };
}

/** As the keeper writes them: the first entry, and all that follows. */
function packsOf(run: Run) {
  const first: Run = { ...run };
  const cut = Object.fromEntries(
    (['loggedSteps', 'loss', 'error'] as const).flatMap((key) => {
      const series = run[key];
      return series && series.length > 0 ? [[key, Series.over(series.values.slice(0, 1))]] : [];
    }),
  );
  const begun: Run = { ...first, ...cut };
  const columns = columnsBeyond(begun, noLengths)!;
  const lengths = Object.fromEntries(
    Object.entries(noLengths).map(([key]) => [key, columns[key as 'loss']?.values.length ?? 0]),
  ) as typeof noLengths;
  const rest = columnsBeyond(run, lengths);
  return [columns, ...(rest ? [rest] : [])].map((part, pack) => ({ run: run.id, pack, columns: part }));
}

/** All that a database holds, the points of a run as one, in a form that tells NaN, -0 and bytes. */
export async function dumpOf(db: KeepDb): Promise<unknown> {
  const ids = await db.ids();
  const runs = await Promise.all(
    ids.map(async (id) => {
      const { record, packs, entries } = (await db.whole(id))!;
      const series = seriesOf(packs, record.isLogged);
      const points = Object.entries(series ?? {}).map(([key, one]) => [
        key,
        one && [new Uint8Array(one.values.slice().buffer), one.absent?.slice() ?? null],
      ]);
      const files = await Promise.all(entries.map(({ step }) => db.file(id, step)));
      const pictures = await Promise.all(record.views.map((view) => db.picture(id, view.id)));
      const bytes = (all: typeof files) => all.map((file) => file && new Uint8Array(file));
      return { record, points, entries, files: bytes(files), pictures: bytes(pictures) };
    }),
  );
  return { runs, session: await db.session(), journals: await db.journals() };
}

type Files = Map<string, string | Uint8Array>;
const bytesOf = (content: string | Uint8Array) =>
  typeof content === 'string' ? new TextEncoder().encode(content) : Uint8Array.from(content);

export function packed(files: Files): Blob {
  const parts = [...files].flatMap(([path, content]) => {
    const bytes = bytesOf(content);
    return [tarHeader(path, bytes.length, 0), bytes, padding(bytes.length)];
  });
  return new Blob([...parts, tarEnd()]);
}

/** The archive after a change of its files; `isForged`: its manifest speaks of what is in it then. */
export async function repacked(
  bytes: Uint8Array<ArrayBuffer>,
  change: (files: Files) => void,
  isForged: boolean,
): Promise<Blob> {
  const entries = await tarEntries(new Blob([bytes]), 'all.tar', new AbortController().signal);
  const files: Files = new Map(
    [...entries.values()].map(({ path, at, bytes: size }) => [path, bytes.slice(at, at + size)]),
  );
  change(files);
  if (isForged) {
    const manifest = JSON.parse(new TextDecoder().decode(bytesOf(files.get('manifest.json')!))) as object;
    const listed = [...files].filter(([path]) => path !== 'manifest.json');
    const written = listed.map(async ([path, content]) => ({
      path,
      bytes: bytesOf(content).length,
      sha256: await sha256(bytesOf(content)),
    }));
    files.set('manifest.json', JSON.stringify({ ...manifest, entries: await Promise.all(written) }));
  }
  return packed(files);
}
