/** Where a text stops being JSON: Node tells it for some faults only. */

/** Tokens, and the white space before them. */
const TOKEN =
  /[\t\n\r ]*(?:(?<string>"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(?<value>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|(?<sign>[[\]{},:]))/y;
const SPACE = /[\t\n\r ]*/y;

type Expected = 'value' | 'key' | 'colon' | 'comma' | 'end';

/** Line and column, from 1, of the first character at which `text` cannot be JSON; null if it is JSON. */
export function jsonFault(text: string): { readonly line: number; readonly column: number } | null {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let justOpened = false;
  let at = 0;
  const after = (): Expected => (open.length === 0 ? 'end' : 'comma');
  for (;;) {
    SPACE.lastIndex = at;
    const start = at + SPACE.exec(text)![0].length;
    if (start === text.length) return expected === 'end' ? null : placeOf(text, start);
    TOKEN.lastIndex = at;
    const groups = TOKEN.exec(text)?.groups;
    if (!groups) return placeOf(text, start);
    const { string, value, sign } = groups;
    at = TOKEN.lastIndex;

    const mayClose = justOpened || expected === 'comma';
    justOpened = false;
    if ((sign === '}' && open.at(-1) === '{') || (sign === ']' && open.at(-1) === '[')) {
      if (!mayClose) return placeOf(text, start);
      open.pop();
      expected = after();
    } else if (expected === 'value' && (string !== undefined || value !== undefined)) {
      expected = after();
    } else if (expected === 'value' && (sign === '{' || sign === '[')) {
      open.push(sign);
      justOpened = true;
      expected = sign === '{' ? 'key' : 'value';
    } else if (expected === 'key' && string !== undefined) {
      expected = 'colon';
    } else if (expected === 'colon' && sign === ':') {
      expected = 'value';
    } else if (expected === 'comma' && sign === ',') {
      expected = open.at(-1) === '{' ? 'key' : 'value';
    } else {
      return placeOf(text, start);
    }
  }
}

function placeOf(text: string, at: number) {
  const before = text.slice(0, at).split(/\r\n|\r|\n/);
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
