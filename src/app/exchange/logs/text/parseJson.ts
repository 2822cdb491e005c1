/** JSON as programs write it, NaN and Infinity included; undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return parseLoosely(text);
  }
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const words: Readonly<Record<string, string>> = {
  NaN: '"NaN"',
  nan: '"NaN"',
  inf: '"Infinity"',
  Infinity: '"Infinity"',
  None: 'null',
  True: 'true',
  False: 'false',
};

/** Python writes NaN and Infinity into JSON; its own objects have single quotes, None, True and False. */
function parseLoosely(text: string): unknown {
  const isPython = /^\s*[[{]*\s*'/.test(text);
  const strings = isPython ? /'[^'\n]*'|"[^"\n]*"|-?[A-Za-z]+/g : /"(?:[^"\\\n]|\\.)*"|-?[A-Za-z]+/g;
  const strict = text.replaceAll(strings, (found) => {
    if (found.startsWith("'")) return JSON.stringify(found.slice(1, -1));
    if (found.startsWith('"')) return found;
    return found.startsWith('-')
      ? (words[found.slice(1)]?.replace('"', '"-') ?? found)
      : (words[found] ?? found);
  });
  try {
    return JSON.parse(strict) as unknown;
  } catch {
    return undefined;
  }
}
