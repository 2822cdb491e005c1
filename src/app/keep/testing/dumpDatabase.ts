/** A whole IndexedDB database as JSON, and back: each store with its keys and values, bytes as base64, numbers to the last bit. */
import { openDB } from 'idb';

export interface StoreDump {
  readonly keyPath: string | readonly string[] | null;
  readonly entries: readonly (readonly [unknown, unknown])[];
}
export interface DatabaseDump {
  readonly version: number;
  readonly stores: Readonly<Record<string, StoreDump>>;
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text, 'base64'));

function encoded(value: unknown): unknown {
  if (typeof value === 'number') {
    return Number.isFinite(value) && !Object.is(value, -0) ? value : { $number: Object.is(value, -0) ? '-0' : String(value) }; // prettier-ignore
  }
  if (value instanceof ArrayBuffer) return { $buffer: base64(new Uint8Array(value)) };
  if (value instanceof Float64Array) return { $float64: base64(new Uint8Array(value.slice().buffer)) };
  if (value instanceof Uint8Array) return { $uint8: base64(value) };
  if (Array.isArray(value)) return value.map(encoded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, encoded(part)]));
}

export function decoded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decoded);
  if (typeof value !== 'object' || value === null) return value;
  const [[key, text] = [], ...rest] = Object.entries(value);
  if (rest.length === 0 && typeof text === 'string') {
    if (key === '$number') return Number(text);
    if (key === '$buffer') return bytesOf(text).buffer;
    if (key === '$float64') return new Float64Array(bytesOf(text).buffer);
    if (key === '$uint8') return bytesOf(text);
  }
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, decoded(part)]));
}

/** Of whatever version the database is. */
export async function dumpDatabase(name: string): Promise<DatabaseDump> {
  const db = await openDB(name);
  try {
    const stores: [string, StoreDump][] = [];
    for (const store of [...db.objectStoreNames].sort()) {
      const transaction = db.transaction(store);
      const keys = await transaction.store.getAllKeys();
      const values = (await transaction.store.getAll()) as unknown[];
      const { keyPath } = transaction.store;
      const entries = keys.map((key, i) => [encoded(key), encoded(values[i])] as const);
      stores.push([store, { keyPath, entries }]);
    }
    return { version: db.version, stores: Object.fromEntries(stores) };
  } finally {
    db.close();
  }
}

/** Makes the database that was dumped. */
export async function loadDatabase(name: string, { version, stores }: DatabaseDump): Promise<void> {
  const db = await openDB(name, version, {
    upgrade(made) {
      for (const [store, { keyPath }] of Object.entries(stores)) {
        made.createObjectStore(store, keyPath === null ? {} : { keyPath: typeof keyPath === 'string' ? keyPath : [...keyPath] }); // prettier-ignore
      }
    },
  });
  try {
    for (const [store, { keyPath, entries }] of Object.entries(stores)) {
      const transaction = db.transaction(store, 'readwrite');
      for (const [key, value] of entries) {
        if (keyPath === null) void transaction.store.put(decoded(value), decoded(key) as IDBValidKey);
        else void transaction.store.put(decoded(value));
      }
      await transaction.done;
    }
  } finally {
    db.close();
  }
}
