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

export async function keptRuns(page: Page): Promise<readonly KeptRun[]> {
  const runs = await page.evaluate(async () => {
    const asked = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('it could not be read'));
      });
    const db = await asked(indexedDB.open('residual-playground'));
    const transaction = db.transaction(['runs', 'points', 'checkpoints']);
    const [records, packs, checkpoints] = (await Promise.all(
      ['runs', 'points', 'checkpoints'].map((name) => asked(transaction.objectStore(name).getAll())),
    )) as [Stored[], Pack[], { run: string; step: number; why: string }[]];
    db.close();
    interface Stored {
      id: string;
      lane: string;
      name: string;
      step: number;
      config: unknown;
      style: unknown;
      startedFrom: unknown;
      pauses: unknown;
      missed: unknown;
      end: { reason: string } | null;
      evaluations: { step: number; images: number; complete: boolean; loss: number; error: number }[];
      history: { kind: string; step: number }[];
    }
    interface Pack {
      run: string;
      columns: Record<string, { from: number; values: Float64Array }>;
    }
    return records.map((record) => {
      const series: Record<string, number[]> = {};
      for (const { columns } of packs.filter(({ run }) => run === record.id))
        for (const [key, { from, values }] of Object.entries(columns)) {
          const of = (series[key] ??= []);
          if (of.length !== from) throw new Error(`${record.id}: ${key} has ${of.length} and goes on at ${from}`);
          of.push(...values);
        }
      const { id, lane, name, step, config, style, startedFrom, pauses, missed, end, evaluations, history } = record;
      return {
        id,
        lane,
        step,
        end: end?.reason ?? null,
        settings: JSON.stringify({ name, config, style, startedFrom, pauses, missed }),
        evaluations: JSON.stringify(
          evaluations.map(({ step: at, images, complete, loss, error }) => ({ at, images, complete, loss, error })),
        ),
        series,
        moments: checkpoints.filter(({ run, why }) => run === id && why === 'ladder').map(({ step: at }) => at),
        chapters: history.map(({ kind, step: at }) => ({ kind, step: at })),
      };
    });
  });
  return runs.map((run) => ({
    ...run,
    series: Object.fromEntries(Object.entries(run.series).filter(([key]) => !TIMES.includes(key))),
  }));
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
      if (run[key] !== whole[key]) found.push(`${run.lane}: ${key} is ${run[key]}, and should be ${whole[key]}`);
    for (const key of new Set([...Object.keys(whole.series), ...Object.keys(run.series)])) {
      const [is, should] = [run.series[key] ?? [], whole.series[key] ?? []];
      const at = should.findIndex((value, i) => !Object.is(value, is[i]));
      if (at >= 0) found.push(`${run.lane}: ${key} after step ${at + 1} is ${is[at]}, and should be ${should[at]}`);
      else if (is.length > should.length) found.push(`${run.lane}: ${key} has ${is.length} of ${should.length}`);
    }
    const lost = whole.moments.filter((step) => !run.moments.includes(step));
    if (lost.length > 0) found.push(`${run.lane}: no moment is kept of the steps ${lost.join(', ')}`);
  }
  return found;
}
