import type { RunKeeping } from '../state/keeping.ts';
import type { Run } from '../state/run.ts';

/** Runs that are done, by their lanes, each with its curve; without those that cannot be read. */
export async function doneWithCurves(
  done: ReadonlyMap<string, Run>,
  { load }: Pick<RunKeeping, 'load'>,
): Promise<ReadonlyMap<string, Run>> {
  const loaded = await Promise.all(
    [...done].map(([lane, run]) =>
      load([run]).then(
        (runs) => runs.map((whole) => [lane, whole] as const),
        // It is trained again: what is stored of it stays where it is.
        () => [],
      ),
    ),
  );
  return new Map(loaded.flat());
}
