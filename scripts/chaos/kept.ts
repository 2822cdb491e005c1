/** What a page has kept, read out of its IndexedDB as it is stored, and how two pages differ in it. */
import type { Page } from 'playwright';

export interface KeptRun {
  readonly id: string;
  readonly lane: string;
  readonly step: number;
  /** Why it is over; null if it is not. */
  readonly end: string | null;
  /** What must not depend on what happened to it, as text. */
  readonly settings: string;
  readonly evaluations: string;
  readonly series: Readonly<Record<string, readonly (number | null)[]>>;
  /** The steps of its moments on the ladder. */
  readonly moments: readonly number[];
  readonly chapters: readonly { readonly kind: string; readonly step: number }[];
}

/** Series that tell times: they are of the machine, and not of the net. */
const TIMES = ['trainingSeconds', 'wallSeconds', 'speedSteps', 'imagesPerSecond'];

interface StoredRun {
  readonly id: string;
  readonly lane: string;
  readonly name: string;
  readonly step: number;
  readonly config: unknown;
  readonly style: unknown;
  readonly startedFrom: unknown;
  readonly pauses: unknown;
  readonly missed: unknown;
  readonly end: { readonly reason: string } | null;
  readonly evaluations: readonly {
    step: number;
    images: number;
    complete: boolean;
    loss: number;
    error: number;
  }[];
  readonly history: readonly { readonly kind: string; readonly step: number }[];
}

interface Stored {
  readonly runs: readonly StoredRun[];
  readonly points: readonly {
    readonly run: string;
    readonly columns: Readonly<Record<string, { readonly from: number; readonly values: readonly number[] }>>;
  }[];
  readonly checkpoints: readonly { readonly run: string; readonly step: number; readonly why: string }[];
}

/** The records of the database as they are. No function in it has a name: the page would look for a helper of the compiler. */
const readStores = (page: Page): Promise<Stored> =>
  page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('residual-playground');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('there is no database'));
    });
    const stores: Record<string, unknown[]> = {};
    for (const name of ['runs', 'points', 'checkpoints']) {
      stores[name] = await new Promise<unknown[]>((resolve, reject) => {
        const request = db.transaction(name).objectStore(name).getAll();
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('it cannot be read'));
      });
    }
    db.close();
    return JSON.parse(
      JSON.stringify(stores, (_, value: unknown) => (value instanceof Float64Array ? [...value] : value)),
    ) as Stored;
  });

export async function keptRuns(page: Page): Promise<readonly KeptRun[]> {
  const { runs, points, checkpoints } = await readStores(page);
  return runs.map((stored) => {
    const { id, lane, name, step, config, style, startedFrom, pauses, missed, end, evaluations, history } =
      stored;
    const series: Record<string, number[]> = {};
    for (const { columns } of points.filter(({ run }) => run === id)) {
      for (const [key, { from, values }] of Object.entries(columns)) {
        const of = (series[key] ??= []);
        if (of.length !== from) throw new Error(`${id}: ${key} has ${of.length} and goes on at ${from}`);
        if (!TIMES.includes(key)) of.push(...values);
        else of.length += values.length;
      }
    }
    const ladder = checkpoints.filter(({ run, why }) => run === id && why === 'ladder');
    return {
      id,
      lane,
      step,
      end: end?.reason ?? null,
      settings: JSON.stringify({ name, config, style, startedFrom, pauses, missed }),
      evaluations: JSON.stringify(
        evaluations.map(({ step: at, images, complete, loss, error }) => [at, images, complete, loss, error]),
      ),
      series: Object.fromEntries(Object.entries(series).filter(([key]) => !TIMES.includes(key))),
      moments: ladder.map(({ step: at }) => at),
      chapters: history.map(({ kind, step: at }) => ({ kind, step: at })),
    };
  });
}

/** In what `runs` are not what `expected` are; empty if in nothing. */
export function differences(expected: readonly KeptRun[], runs: readonly KeptRun[]): readonly string[] {
  const found: string[] = [];
  const lanes = (of: readonly KeptRun[]) => of.map(({ lane }) => lane).toSorted();
  const begun = runs.filter(({ step }) => step > 0);
  if (String(lanes(begun)) !== String(lanes(expected)))
    found.push(`the runs are of ${String(lanes(begun))}, and should be of ${String(lanes(expected))}`);
  for (const whole of expected) {
    const run = begun.find(({ lane }) => lane === whole.lane);
    if (!run) continue;
    for (const key of ['step', 'end', 'settings', 'evaluations'] as const)
      if (run[key] !== whole[key])
        found.push(`${run.lane}: ${key} is ${run[key]}, and should be ${whole[key]}`);
    for (const key of new Set([...Object.keys(whole.series), ...Object.keys(run.series)])) {
      const [is, should] = [run.series[key] ?? [], whole.series[key] ?? []];
      const at = should.findIndex((value, i) => !Object.is(value, is[i]));
      if (at >= 0)
        found.push(`${run.lane}: ${key} after step ${at + 1} is ${is[at]}, and should be ${should[at]}`);
      else if (is.length > should.length)
        found.push(`${run.lane}: ${key} has ${is.length} of ${should.length}`);
    }
    const lost = whole.moments.filter((step) => !run.moments.includes(step));
    if (lost.length > 0) found.push(`${run.lane}: no moment is kept of the steps ${lost.join(', ')}`);
  }
  return found;
}
