/** Errors out of what a column holds: errors or accuracies, in % or not. */
import { ImportError } from '../../../runs/codec/importError.ts';
import { logFaults as faults } from '../enLogFaults.ts';
import { readingNotes as notes } from '../enLogNotes.ts';
import { measureOf, type ColumnChoice, type Measure } from '../columns/columnChoice.ts';
import type { LogTable } from '../table/logTable.ts';

/** A share beyond its ends by less was rounded: float32 makes 100.0000076% of 45 batches. */
const ROUNDING = 1e-6;

export class SharesReader {
  readonly #measures = new Map<number, Measure>();
  #rounded = 0;
  #nowhere = 0;

  constructor(
    readonly table: LogTable,
    readonly file: string,
    readonly choice: ColumnChoice,
  ) {}

  /** The error, 0 to 1. Throws {@link ImportError} for what is no share of images. */
  read(index: number, row: number, number: number): number {
    const error = toError(number, this.#measureOf(index));
    if (error >= 0 && error <= 1) return error;
    if (!Number.isFinite(error)) return NaN;
    if (error >= -ROUNDING && error <= 1 + ROUNDING) {
      this.#rounded++;
      return error < 0 ? 0 : 1;
    }
    const { columns, header, lines } = this.table;
    throw new ImportError(
      faults.noShare(this.file, lines[row]!, header[index] ?? '', columns[index]?.textAt(row) ?? ''),
    );
  }

  /** Rows were left out that say no step. */
  nowhere(rows: number): void {
    this.#nowhere += rows;
  }

  notes(): readonly string[] {
    return [
      ...(this.#rounded > 0 ? [notes.rounded(this.#rounded)] : []),
      ...(this.#nowhere > 0 ? [notes.nowhere(this.#nowhere)] : []),
    ];
  }

  #measureOf(index: number): Measure {
    let measure = this.#measures.get(index);
    if (!measure) {
      measure = measureOf(this.choice, index, this.table.columns[index]!, this.table.isOurs);
      this.#measures.set(index, measure);
    }
    return measure;
  }
}

function toError(number: number, measure: Measure): number {
  switch (measure) {
    case 'error':
      return number;
    case 'errorPercent':
      return number / 100;
    case 'accuracy':
      return 1 - number;
    case 'accuracyPercent':
      return 1 - number / 100;
  }
}
