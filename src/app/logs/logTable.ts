/** The table in a file that another program logged. */
import { CsvError, delimiterOf, parseCsv, type CsvRecord, type Delimiter } from '../export/csv.ts';
import { ImportError } from '../export/readRunsJson.ts';
import { logFaults as faults } from '../messages/enLogs.ts';

export interface LogTable {
  readonly delimiter: Delimiter;
  readonly header: readonly string[];
  /** Each with as many fields as the header. */
  readonly rows: readonly CsvRecord[];
}

/** `file` stands in the messages. Throws {@link ImportError}. */
export function readLogTable(text: string, file: string): LogTable {
  const delimiter = delimiterOf(text);
  const isEmpty = ({ fields }: CsvRecord) => fields.every((field) => field.trim() === '');
  const [header, ...rows] = records(text, delimiter, file).filter((record) => !isEmpty(record));
  if (!header || rows.length === 0) throw new ImportError(faults.empty(file));
  const names = header.fields.map((name) => name.trim());
  if (names.some((name) => readCell(name, delimiter) !== null && name !== '')) {
    throw new ImportError(faults.noHeader(file, header.line));
  }
  for (const { line, fields } of rows) {
    if (fields.length === names.length) continue;
    throw new ImportError(faults.ragged(file, line, fields.length, names.length));
  }
  return { delimiter, header: names, rows };
}

function records(text: string, delimiter: Delimiter, file: string): readonly CsvRecord[] {
  try {
    return parseCsv(text, delimiter);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new ImportError(faults.quote(file, error.kind, error.line), { cause: error });
  }
}

/**
 * The number of a cell: "0.5", "1e-3", "12 %", "NaN", "inf", and "0,5" where the comma splits no fields. NaN where
 * nothing stands; null for anything else.
 */
export function readCell(cell: string, delimiter: Delimiter): number | null {
  const trimmed = cell.trim().replace(/\s*%$/, '');
  const text = delimiter === ',' ? trimmed : trimmed.replace(/^([+-]?\d*),(?=\d)/, '$1.');
  if (text === '') return NaN;
  const word = /^([+-]?)(nan|inf|infinity)$/i.exec(text);
  if (word) return word[2]?.toLowerCase() === 'nan' ? NaN : word[1] === '-' ? -Infinity : Infinity;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : null;
}
