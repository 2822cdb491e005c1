/** JSON that keeps every number: what JSON has no way to write stands as `{"$number": "NaN"}`. */
const TAG = '$number';
const words: readonly unknown[] = ['NaN', 'Infinity', '-Infinity', '-0'];

export const exactJson = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => {
    if (typeof part !== 'number') return part;
    if (Object.is(part, -0)) return { [TAG]: '-0' };
    return Number.isFinite(part) ? part : { [TAG]: String(part) };
  });

/** Throws for what is no JSON, or nested too deep. */
export const parseExactJson = (text: string): unknown =>
  JSON.parse(text, (_, part: unknown) => {
    if (typeof part !== 'object' || part === null || !Object.hasOwn(part, TAG)) return part;
    const entries: readonly (readonly [string, unknown])[] = Object.entries(part);
    const [first] = entries;
    return entries.length === 1 && first && words.includes(first[1]) ? Number(first[1]) : part;
  });

/** The same text for the same content, in whatever order its keys are. */
export function canonicalText(value: unknown): string {
  return exactJson(sorted(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, sorted(part)]),
  );
}
