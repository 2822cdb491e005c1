/**
 * The points of a run as a safetensors file: each series a tensor of float64 under its own name and, where entries are absent, one of
 * bytes behind it, `NAME.absent`, which is 1 for them. Other tools read it: `safetensors.numpy.load_file`.
 */
import {
  encodeRawTensors,
  readStoredTensors,
  WeightsError,
  type RawTensor,
  type StoredTensor,
} from '../../../model/safetensors.ts';
import { Series } from '../../state/series.ts';
import { seriesFault, seriesKeys, type Columns, type SeriesKey, type SeriesOf } from '../columns.ts';

/** A file of points that is none; the message says what of it. */
export class PointsError extends Error {
  override readonly name = 'PointsError';
}

export function encodePoints(series: SeriesOf): ArrayBuffer {
  const tensors = new Map<string, RawTensor>();
  const absent = new Map<string, RawTensor>();
  for (const key of seriesKeys) {
    const one = series[key];
    if (!one || one.length === 0) continue;
    const { values } = one;
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    tensors.set(key, { dtype: 'F64', shape: [values.length], bytes });
    if (one.absent) absent.set(`${key}.absent`, { dtype: 'U8', shape: [values.length], bytes: one.absent });
  }
  // Bytes come last: eight of the others lie at multiples of eight.
  return encodeRawTensors(new Map([...tensors, ...absent]), { format: 'np' });
}

/** The series in a file, checked whole. Throws {@link PointsError}. `isLogged`: it tells the steps of its entries. */
export function decodePoints(file: ArrayBuffer, isLogged: boolean): SeriesOf {
  const { tensors, begin } = stored(file);
  const left = new Map(tensors);
  const bytesOf = (name: string, dtype: string, width: number): ArrayBuffer | null => {
    const tensor: StoredTensor | undefined = left.get(name);
    if (!tensor) return null;
    left.delete(name);
    const { from, to, shape } = tensor;
    if (tensor.dtype !== dtype || shape.length !== 1 || to - from !== width * shape[0]!) {
      throw new PointsError(`${name} is no list of ${dtype}`);
    }
    return file.slice(begin + from, begin + to);
  };
  const read = (key: SeriesKey): Series => {
    const values = bytesOf(key, 'F64', 8);
    const absent = bytesOf(`${key}.absent`, 'U8', 1);
    if (!values) {
      if (absent) throw new PointsError(`${key} is missing`);
      return Series.empty;
    }
    const marks = absent && new Uint8Array(absent);
    if (marks && (marks.length !== values.byteLength / 8 || marks.some((mark) => mark > 1))) {
      throw new PointsError(`${key}.absent does not fit`);
    }
    return Series.over(new Float64Array(values), marks);
  };
  const all = Object.fromEntries(seriesKeys.map((key) => [key, read(key)])) as Record<SeriesKey, Series>;
  const [other] = left.keys();
  if (other !== undefined) throw new PointsError(`${other.slice(0, 60)} is no series of a run`);
  const { loggedSteps, ...rest } = all;
  if (!isLogged && loggedSteps.length > 0)
    throw new PointsError('it has steps that its run does not speak of');
  const series = { ...rest, loggedSteps: isLogged ? loggedSteps : null };
  const fault = seriesFault(series);
  if (fault !== null) throw new PointsError(fault);
  return series;
}

/** All points as one pack; null if there are none. */
export function columnsOf(series: SeriesOf): Columns | null {
  const columns: Columns = {};
  for (const key of seriesKeys) {
    const one = series[key];
    if (!one || one.length === 0) continue;
    columns[key] = { from: 0, values: one.values.slice(), absent: one.absent?.slice() ?? null };
  }
  return Object.keys(columns).length > 0 ? columns : null;
}

function stored(file: ArrayBuffer) {
  try {
    return readStoredTensors(file);
  } catch (cause) {
    if (!(cause instanceof WeightsError)) throw cause;
    throw new PointsError(cause.message.replace(/\.$/, ''), { cause });
  }
}
