/** Runs that a page keeps, put beside those that it kept itself. */
import type { Page } from 'playwright';

/** Whether runs are stored, and over. */
const isStored = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<boolean>((resolve) => {
        const opening = indexedDB.open('residual-playground');
        opening.onsuccess = () => {
          const db = opening.result;
          const asking = db.transaction('runs').objectStore('runs').getAll();
          asking.onsuccess = () => {
            db.close();
            resolve(asking.result.length > 0 && asking.result.every((run: { end: unknown }) => run.end));
          };
        };
      }),
  );

/** Waits for that. */
export async function runsStored(page: Page): Promise<void> {
  for (let tries = 0; tries < 120 && !(await isStored(page)); tries++) await page.waitForTimeout(500);
}

/** Puts copies of a stored run beside it: other names, seeds, nets, times, tags and thumbnails, each with its points and moments. */
export const storeCopies = (page: Page, counts: { readonly runs: number; readonly moments: number }) =>
  page.evaluate(
    ({ runs, moments }) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('residual-playground');
        opening.onsuccess = () => {
          const db = opening.result;
          const names = ['runs', 'points', 'checkpoints'];
          const writing = db.transaction(names, 'readwrite');
          const asking = writing.objectStore('runs').getAll();
          asking.onsuccess = () => {
            const [run] = asking.result as {
              id: string;
              name: string;
              config: object;
              summary: { curve: number[] };
            }[];
            if (!run) {
              reject(new Error('no run is stored'));
              return;
            }
            const points = writing.objectStore('points').getAll(IDBKeyRange.bound([run.id], [run.id, []]));
            points.onsuccess = () => {
              for (let i = 0; i < runs; i++) {
                const id = `${1000 + Math.floor(i / 2)}/lane-${i}`;
                writing.objectStore('runs').put({
                  ...run,
                  id,
                  name: `plain-20 (${i + 2})`,
                  created: 1_700_000_000_000 + 60_000 * i,
                  config: { ...run.config, seed: i % 50, batchSize: [32, 64, 128][i % 3] },
                  tags: i % 5 === 0 ? ['to show', `series ${i % 7}`] : [],
                  note: i % 9 === 0 ? 'Compare with what the paper says of this depth.' : '',
                  history: i % 11 === 5 ? [{ kind: 'branched', step: 10, when: 0, run: run.id, name: run.name, before: { ...run.config, batchSize: 16 } }] : [], // prettier-ignore
                  summary: { ...run.summary, curve: run.summary.curve.map((value) => value / (1 + (i % 4))) },
                });
                for (const pack of points.result as object[])
                  writing.objectStore('points').put({ ...pack, run: id });
                for (let k = 0; k < moments; k++) {
                  const step = k * 10;
                  writing.objectStore('checkpoints').put({ run: id, step, why: 'ladder', bytes: 3e6, evaluationDue: false, saved: 0 }); // prettier-ignore
                }
              }
            };
          };
          writing.oncomplete = () => {
            db.close();
            resolve();
          };
          writing.onabort = () => reject(writing.error ?? new Error('aborted'));
        };
      }),
    counts,
  );
