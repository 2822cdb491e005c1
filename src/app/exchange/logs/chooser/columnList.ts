/** Which columns the lists of a log with very many of them hold. */
import { createContext } from 'react';

/** A column that can be chosen. */
export interface Option {
  readonly index: number;
  readonly name: string;
}

/** Columns that a list holds: more would take long to lay out, and nobody finds one among them by scrolling. */
export const LISTED = 60;

/** A part of a column's name, for all lists of a log; empty as long as none is looked for. */
export const SoughtColumn = createContext('');

/** Those whose names have every word of `sought` in them, whatever the case. */
export function matching(options: readonly Option[], sought: string): readonly Option[] {
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return options;
  return options.filter(({ name }) => {
    const lower = name.toLowerCase();
    return words.every((word) => lower.includes(word));
  });
}

export interface ColumnList {
  readonly options: readonly Option[];
  /** How many more could be chosen. */
  readonly more: number;
}

/** The columns that a list holds, in their order: all, or of very many the first that match, and always the chosen one. */
export function listedColumns(all: readonly Option[], sought: string, chosen: number | null): ColumnList {
  if (all.length <= LISTED) return { options: all, more: 0 };
  const listed = new Set(matching(all, sought).slice(0, LISTED));
  const options = all.filter((option) => listed.has(option) || option.index === chosen);
  return { options, more: all.length - options.length };
}
