/** Fixtures of logs (test/fixtures/cases), read by the guess alone, and what a person reads off them. */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Run } from '../../../state/run.ts';
import type { ColumnChoice } from '../columns/columnChoice.ts';
import { guessChoice } from '../columns/guessChoice.ts';
import type { LogTable } from '../table/logTable.ts';
import { readFile } from '../worker/readFile.ts';
import { runsFromLog } from '../runs/runsFromLog.ts';

export const folder = new URL('../../../../../test/fixtures/cases/', import.meta.url);

export async function tableOf(name: string, text: string | Uint8Array<ArrayBuffer>): Promise<LogTable> {
  const content = await readFile(new File([text], name), 1);
  if (content.kind !== 'log') throw new Error('runs, and no log');
  return content.table;
}

export interface Read {
  readonly table: LogTable;
  readonly choice: ColumnChoice;
  readonly runs: readonly Run[];
  readonly notes: readonly string[];
}

export async function readCase(
  name: string,
  patch: (guess: ColumnChoice) => Partial<ColumnChoice> = () => ({}),
): Promise<Read> {
  const bytes = Uint8Array.from(readFileSync(new URL(name, folder)));
  return interpret(await tableOf(name.replace(/^.*\//, ''), bytes), patch);
}

export function interpret(
  table: LogTable,
  patch: (guess: ColumnChoice) => Partial<ColumnChoice> = () => ({}),
): Read {
  const guess = guessChoice(table);
  const choice = { ...guess, ...patch(guess) };
  const notes = [...table.notes];
  const runs = runsFromLog(table, choice, table.file, 1, (sentence) => notes.push(sentence));
  return { table, choice, runs, notes };
}

export const stepsOf = (run: Run) => [...(run.loggedSteps?.values ?? run.error.values.map((_, i) => i + 1))];
export const rounded = (values: ArrayLike<number>) => Array.from(values, (value) => Number(value.toFixed(6)));
/** What a person reads off: each curve, and tests as [step, error, loss]. */
export const curves = ({ runs }: Read) =>
  runs.map((run) => ({
    name: run.name,
    steps: stepsOf(run),
    error: rounded(run.error.values),
    loss: rounded(run.loss.values),
    tests: run.evaluations.map(({ step, error, loss }) => rounded([step, error ?? NaN, loss ?? NaN])),
  }));
export const only = (reading: Read) => {
  const all = curves(reading);
  expect(all).toHaveLength(1);
  return all[0]!;
};
