/** Runs of a file by the guess alone, and what a person reads off them. */
import type { Run } from '../../../state/run.ts';
import { guessChoice } from '../columns/guessChoice.ts';
import { readFile } from '../worker/readFile.ts';
import { runsFromLog } from '../runs/runsFromLog.ts';

export const encode = (text: string) => new TextEncoder().encode(text);
export const utf16 = (text: string) =>
  Uint8Array.from([
    0xff,
    0xfe,
    ...Array.from(text).flatMap((one) => [one.charCodeAt(0) & 255, one.charCodeAt(0) >> 8]),
  ]);

export async function runsIn(
  name: string,
  content: string | Uint8Array<ArrayBuffer>,
): Promise<readonly Run[]> {
  const read = await readFile(new File([content], name), 1);
  if (read.kind === 'runs') return read.runs;
  return runsFromLog(read.table, guessChoice(read.table), name, 1);
}

const rounded = (values: ArrayLike<number>) => Array.from(values, (value) => Number(value.toFixed(6)));
/** name: steps | training error | training loss | tests as step, error, loss */
export const shown = (run: Run) => ({
  name: run.name,
  steps: rounded(run.loggedSteps?.values ?? run.error.values.map((_, i) => i + 1)),
  error: rounded(run.error.values),
  loss: rounded(run.loss.values),
  tests: run.evaluations.map(({ step, error, loss }) => rounded([step, error ?? NaN, loss ?? NaN])),
});
