/** Changes to inputs that are sound: what is cut off, doubled, swapped, of another type, too large, too deep. */
import fc from 'fast-check';
import { createRandom, type Random } from '../../src/model/random.ts';

const DEEP = 20_000;
const LONG = 20_000;
/** Written as JSON, this becomes a number beyond all, and that lists in lists. */
const BEYOND = '\u0001beyond';
const NESTED = '\u0001nested';

const strangeNumbers = [
  ...[0, -0, -1, 0.5, 1, 2, 7, 1e-300, 5e-324, 1e9, 1e300, -1e300],
  ...[2 ** 31, 2 ** 32, 2 ** 53, 2 ** 53 - 1],
];
const strangeTexts = [
  ...['', ' ', 'NaN', 'Infinity', '-Infinity', '1e999', 'null', '1', '__proto__', 'constructor', 'toString'],
  ...[
    '\ud800',
    '\u0000',
    '\u200b',
    '\u212a',
    '\u{1f600}',
    '=1+1',
    '../x',
    '<b>',
    '%',
    '%E0',
    'a'.repeat(LONG),
  ],
];
const keys = ['__proto__', 'constructor', 'toString', 'length', 'valueOf', '', '0', 'x'];

const among = <T>(random: Random, list: readonly T[]): T => list[random.integer(list.length)]!;

function strange(random: Random): unknown {
  switch (random.integer(8)) {
    case 0:
    case 1:
    case 2:
      return among(random, strangeNumbers);
    case 3:
      return among(random, strangeTexts);
    case 4:
      return BEYOND;
    case 5:
      return among(random, [null, true, false, [], {}, [[]], [null]]);
    case 6:
      return among(random, [Array(5000).fill(1), Array(5000).fill({}), NESTED]);
    default:
      return JSON.parse('{"__proto__":{"a":1},"constructor":{"prototype":{"a":1}},"toString":1}') as unknown;
  }
}

type Container = Record<string, unknown> | unknown[];
const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

/** A place in the value: somewhere on the way down. */
function placeIn(root: Container, random: Random): { at: Container; key: string } | null {
  let at = root;
  for (;;) {
    const own = Object.keys(at);
    if (own.length === 0) return null;
    const key = among(random, own);
    const value = (at as Record<string, unknown>)[key];
    if (!isContainer(value) || Object.keys(value).length === 0 || random.uniform() < 0.3) return { at, key };
    at = value;
  }
}

const put = (at: Container, key: string, value: unknown) =>
  Object.defineProperty(at, key, { value, enumerable: true, configurable: true, writable: true });

function ofAnotherType(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return Object.assign({}, value);
  if (isContainer(value)) return Object.values(value);
  return Number(value);
}

function mutateOnce(root: Container, random: Random): void {
  const place = placeIn(root, random);
  if (!place) return;
  const { at, key } = place;
  const value = (at as Record<string, unknown>)[key];
  switch (random.integer(8)) {
    case 0:
      if (Array.isArray(at)) at.splice(Number(key), 1);
      else Reflect.deleteProperty(at, key);
      return;
    case 1:
      if (Array.isArray(at)) at.splice(Number(key), 0, ...Array<unknown>(random.integer(40)).fill(value));
      else put(at, `${key}2`, value);
      return;
    case 2: {
      const other = placeIn(root, random);
      if (!other || isContainer(value)) return;
      put(at, key, structuredClone((other.at as Record<string, unknown>)[other.key]));
      return;
    }
    case 3:
      put(at, key, ofAnotherType(value));
      return;
    case 4:
      if (!Array.isArray(at)) put(at, among(random, keys), random.uniform() < 0.5 ? value : strange(random));
      return;
    case 5:
      put(at, key, typeof value === 'number' ? -value : strange(random));
      return;
    default:
      put(at, key, strange(random));
  }
}

function written(value: unknown): string {
  const json = JSON.stringify(value).replaceAll(JSON.stringify(BEYOND), '1e999');
  const nested = '[{"a":'.repeat(DEEP / 2) + '1' + '}]'.repeat(DEEP / 2);
  return json.replace(JSON.stringify(NESTED), nested).replaceAll(JSON.stringify(NESTED), '[]');
}

/** A sound value with one to four changes, as JSON. */
export function mutatedJson(sound: readonly unknown[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.nat({ max: sound.length - 1 }), fc.integer({ min: 0, max: 4 }), fc.nat())
    .map(([which, changes, seed]) => {
      const random = createRandom(seed);
      const root = { root: structuredClone(sound[which]) };
      for (let i = 0; i < changes; i++) mutateOnce(isContainer(root.root) ? root.root : root, random);
      return written(root.root);
    });
}

function mutateTextOnce(text: string, random: Random, pieces: readonly string[]): string {
  const from = random.integer(text.length + 1);
  const to = Math.min(text.length, from + random.integer(among(random, [2, 8, 64])));
  switch (random.integer(7)) {
    case 0:
      return text.slice(0, from);
    case 1:
      return text.slice(0, from) + text.slice(to);
    case 2:
      return text.slice(0, to) + text.slice(from, to).repeat(among(random, [1, 2, 500])) + text.slice(to);
    case 3:
      return (
        text.slice(0, from) +
        String.fromCharCode(random.integer(among(random, [128, 0x10000]))) +
        text.slice(from + 1)
      );
    case 4: {
      const numbers = [...text.matchAll(/-?\d+(\.\d+)?(e[+-]?\d+)?/gi)];
      if (numbers.length === 0) return text;
      const { index, 0: number } = among(random, numbers);
      const other = among(random, [
        ...strangeNumbers.map(String),
        '1e999',
        '-0',
        'NaN',
        '',
        '1.2.3',
        '9'.repeat(400),
      ]);
      return text.slice(0, index) + other + text.slice(index + number.length);
    }
    default:
      return text.slice(0, from) + among(random, pieces) + text.slice(from);
  }
}

/** A text with up to `most` changes; `pieces` are put in besides what is strange everywhere. */
export function mutatedText(
  texts: fc.Arbitrary<string>,
  pieces: readonly string[],
  most = 4,
): fc.Arbitrary<string> {
  return fc.tuple(texts, fc.integer({ min: 0, max: most }), fc.nat()).map(([text, changes, seed]) => {
    const random = createRandom(seed);
    let mutated = text;
    for (let i = 0; i < changes; i++) mutated = mutateTextOnce(mutated, random, [...pieces, ...strangeTexts]);
    return mutated;
  });
}

/** JSON with changes in its values, and in one of four also in its text. */
export function mutatedJsonText(sound: readonly unknown[]): fc.Arbitrary<string> {
  const json = mutatedJson(sound);
  return fc.oneof(
    { arbitrary: json, weight: 3 },
    { arbitrary: mutatedText(json, ['{', '}', '[', ']', ',', ':', '"', '\\', '1e999'], 2), weight: 1 },
  );
}

/** Bytes that are flipped, cut off, put in. */
export function mutatedBytes(
  files: fc.Arbitrary<Uint8Array<ArrayBuffer>>,
): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  return fc.tuple(files, fc.integer({ min: 0, max: 3 }), fc.nat()).map(([file, changes, seed]) => {
    const random = createRandom(seed);
    let bytes = Uint8Array.from(file);
    for (let i = 0; i < changes; i++) {
      const at = random.integer(bytes.length + 1);
      switch (random.integer(4)) {
        case 0:
          bytes = bytes.slice(0, at);
          break;
        case 1:
          bytes.fill(0xff, at, at + 4);
          break;
        case 2:
          bytes = Uint8Array.from([...bytes.slice(0, at), 0, 1, 2, 3, ...bytes.slice(at)]);
          break;
        default:
          if (at < bytes.length) bytes[at]! ^= 1 << random.integer(8);
      }
    }
    return bytes;
  });
}
