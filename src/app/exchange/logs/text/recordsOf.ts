/** The rows in a JSON document: where programs keep them. */
import { isRecord } from './parseJson.ts';

type JsonRecord = Readonly<Record<string, unknown>>;

export interface Records {
  readonly records: readonly JsonRecord[];
  /** The key under which they stand; null for the document itself. */
  readonly place: string | null;
}

/**
 * A list of objects; an object that holds one (the longest: Hugging Face's `log_history`); lists of numbers of one length (Keras'
 * `history`), also as pandas writes them (`{"loss": {"0": 2.3}}`) and Sacred (`{"loss": {"steps": [], "values": []}}`). Null for
 * anything else.
 */
export function recordsOf(value: unknown): Records | null {
  const own = listOf(value) ?? columnsOf(value) ?? seriesOf(value);
  if (own) return { records: own, place: null };
  if (!isRecord(value)) return null;
  const inside = Object.entries(value)
    .flatMap(([place, part]) => {
      const records = listOf(part) ?? columnsOf(part);
      return records ? [{ records, place }] : [];
    })
    .sort((a, b) => b.records.length - a.records.length);
  return inside[0] ?? null;
}

function listOf(value: unknown): readonly JsonRecord[] | null {
  return Array.isArray(value) && value.length > 0 && value.every(isRecord) ? value : null;
}

const isNumbers = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value) &&
  value.every((one) => one === null || typeof one === 'number' || typeof one === 'string');

/** Lists under names, a column each; a shorter one ends earlier. */
function columnsOf(value: unknown): readonly JsonRecord[] | null {
  if (!isRecord(value)) return null;
  const columns = Object.entries(value).flatMap(([name, part]) => {
    const cells = isNumbers(part) ? part : indexed(part);
    return cells && cells.length > 0 ? [[name, cells] as const] : [];
  });
  if (columns.length === 0 || columns.length < Object.keys(value).length / 2) return null;
  const length = Math.max(...columns.map(([, cells]) => cells.length));
  return Array.from({ length }, (_, i) =>
    Object.fromEntries(columns.flatMap(([name, cells]) => (i < cells.length ? [[name, cells[i]]] : []))),
  );
}

/** `{"0": 2.3, "1": 2.2}` as a list. */
function indexed(value: unknown): readonly unknown[] | null {
  if (!isRecord(value)) return null;
  const entries = Object.entries(value);
  return entries.every(([key], i) => key === String(i)) ? entries.map(([, cell]) => cell) : null;
}

/** Values with steps of their own. */
function seriesOf(value: unknown): readonly JsonRecord[] | null {
  if (!isRecord(value)) return null;
  const records = Object.entries(value).flatMap(([name, part]) => {
    if (!isRecord(part)) return [];
    const { steps, values } = part;
    if (!isNumbers(values)) return [];
    return values.map((cell, i) => ({ step: isNumbers(steps) ? steps[i] : i + 1, [name]: cell }));
  });
  return records.length > 0 ? records : null;
}
