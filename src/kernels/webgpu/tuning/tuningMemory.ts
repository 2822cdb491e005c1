/** What remembers, on this machine, which variants were the fastest: the browser's storage, injected by the worker. */
export interface TuningMemory {
  /** Runs `work` while nobody else with the same memory tunes: what one has measured, the next one finds. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  /** The text last written under `key`, which may have come to harm; undefined if there is none. */
  read(key: string): Promise<string | undefined>;
  write(key: string, text: string): Promise<void>;
}

/** A variant's name for each convolution that was measured. */
export type Choices = ReadonlyMap<string, string>;

/** The choices in a remembered text; none if it is damaged, so that they are made anew. */
export function parseChoices(text: string | undefined): Choices {
  if (text === undefined) return new Map();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return new Map();
  }
  if (typeof value !== 'object' || value === null) return new Map();
  const entries: [string, unknown][] = Object.entries(value);
  return new Map(entries.flatMap(([key, name]) => (typeof name === 'string' ? [[key, name] as const] : [])));
}

export function formatChoices(choices: Choices): string {
  return JSON.stringify(Object.fromEntries(choices));
}
