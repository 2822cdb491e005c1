/**
 * A view into the nets as a part of an address, behind the experiment: `&view=1cut;qstudy_sdial;na2_d0_d1;d300;llayer2.0.conv1`. The digit is
 * the version of the encoding; a version once given out is read for ever. Pages that know no views read the experiment in front of it.
 *
 * Version 1: the view's id, then what is not as at first, separated by `;`: `q` and what of the view's question differs from its initial
 * one, `n` and the nets, `d` and the step of the moment, `l` and the chosen layer. What stands in a question only its view knows: it is
 * written as a value of JSON, in words joined by `_`: `z` null, `y` true, `x` false, `d` and a number, `s` and a text, `a` and how many
 * items, then these, `o` and how many fields, then their names and values. In a text everything but letters, digits, `.` and `-` is `~` and
 * four hexadecimal digits, so that a link has nothing in it that mail programs change, and ends in a letter or a digit.
 */
import { LinkError, unreadable } from './linkError.ts';

/** What a link says of a view; unchecked but for its form. */
export interface ViewLink {
  readonly view: string;
  /** What of its question differs from its initial one. */
  readonly question: Readonly<Record<string, unknown>>;
  /** Lanes of the link's experiment by their number from 0, or other nets by their ids; null: those that are there. */
  readonly nets: readonly (number | string)[] | null;
  readonly step: number | null;
  readonly layer: string | null;
}

/** What stands behind `&view=`. Throws RangeError for a question that is no value of JSON. */
export function encodeView({ view, question, nets, step, layer }: ViewLink): string {
  const fields = Object.entries(question).flatMap(([name, value]) => [escaped(name), ...wordsOf(value)]);
  const parts = [
    view,
    ...(fields.length > 0 ? [`q${fields.join('_')}`] : []),
    ...(nets ? [`n${wordsOf(nets).join('_')}`] : []),
    ...(step === null ? [] : [`d${written(step)}`]),
    ...(layer === null ? [] : [`l${escaped(layer)}`]),
  ];
  return `1${parts.join(';')}`;
}

const MOST_NETS = 64;
const LONGEST_TEXT = 200;
const DEEPEST = 8;

/** What stands behind `view=`. Throws {@link LinkError}. */
export function decodeView(text: string): ViewLink {
  const [, version = '', rest = ''] = /^(\d*)(.*)$/s.exec(text) ?? [];
  if (version !== '' && version !== '1') throw new LinkError('version', version.slice(0, 20));
  const [view = '', ...parts] = rest.split(';');
  if (version === '' || !/^[a-z]\w{0,39}$/i.test(view)) throw unreadable(`view=${text}`);
  const read: { -readonly [K in keyof ViewLink]: ViewLink[K] } = { view, question: {}, nets: null, step: null, layer: null }; // prettier-ignore
  const seen = new Set<string>();
  for (const part of parts) {
    const [letter, value] = [part.charAt(0), part.slice(1)];
    if (seen.has(letter)) throw unreadable(part);
    seen.add(letter);
    switch (letter) {
      case 'q':
        read.question = questionOf(value);
        break;
      case 'n':
        read.nets = netsOf(value);
        break;
      case 'd':
        read.step = numberOf(value);
        if (!Number.isInteger(read.step) || read.step < 0) throw unreadable(part);
        break;
      case 'l':
        read.layer = textOf(value);
        break;
      default:
        throw unreadable(part);
    }
  }
  return read;
}

function questionOf(text: string): Readonly<Record<string, unknown>> {
  const words = new Words(text);
  const fields: [string, unknown][] = [];
  do fields.push([textOf(words.next()), words.value(0)]);
  while (!words.isEmpty);
  return asObject(fields, text);
}

function netsOf(text: string): readonly (number | string)[] {
  const words = new Words(text);
  const value = words.value(0);
  if (!words.isEmpty || !Array.isArray(value) || value.length > MOST_NETS) throw unreadable(text);
  return value.map((net: unknown) => {
    if (typeof net === 'string' || (typeof net === 'number' && Number.isInteger(net) && net >= 0)) return net;
    throw unreadable(text);
  });
}

function asObject(fields: readonly (readonly [string, unknown])[], text: string): Record<string, unknown> {
  if (new Set(fields.map(([name]) => name)).size < fields.length) throw unreadable(text);
  // A field may be called as a property of every object.
  return Object.fromEntries(fields);
}

/** A value's words, read one after the other. */
class Words {
  #at = 0;
  readonly #words: readonly string[];

  constructor(private readonly text: string) {
    this.#words = text.split('_');
  }

  get isEmpty(): boolean {
    return this.#at >= this.#words.length;
  }

  next(): string {
    const word = this.#words[this.#at++];
    if (word === undefined) throw unreadable(this.text);
    return word;
  }

  value(depth: number): unknown {
    const word = this.next();
    const rest = word.slice(1);
    if (depth > DEEPEST) throw unreadable(this.text);
    switch (word.charAt(0)) {
      case 'z':
      case 'y':
      case 'x':
        if (rest !== '') throw unreadable(word);
        return { z: null, y: true, x: false }[word];
      case 'd':
        return numberOf(rest);
      case 's':
        return textOf(rest);
      case 'a':
        return Array.from({ length: this.#count(rest) }, () => this.value(depth + 1));
      case 'o':
        return asObject(
          Array.from(
            { length: this.#count(rest) },
            () => [textOf(this.next()), this.value(depth + 1)] as const,
          ),
          this.text,
        );
      default:
        throw unreadable(word);
    }
  }

  /** No more than there are words left. */
  #count(text: string): number {
    const count = /^\d{1,6}$/.test(text) ? Number(text) : Infinity;
    if (count > this.#words.length - this.#at) throw unreadable(this.text);
    return count;
  }
}

function wordsOf(value: unknown): readonly string[] {
  if (value === null) return ['z'];
  if (typeof value === 'boolean') return [value ? 'y' : 'x'];
  if (typeof value === 'number' && Number.isFinite(value)) return [`d${written(value)}`];
  if (typeof value === 'string') return [`s${escaped(value)}`];
  if (Array.isArray(value)) return [`a${value.length}`, ...value.flatMap(wordsOf)];
  if (typeof value === 'object') {
    const fields = Object.entries(value);
    return [`o${fields.length}`, ...fields.flatMap(([name, field]) => [escaped(name), ...wordsOf(field)])];
  }
  throw new RangeError(`a question holds a ${typeof value}, which is no value of JSON`);
}

/** Without the plus of an exponent: in an address it may mean a blank. */
const written = (value: number) => String(value).replace('+', '');

function numberOf(text: string): number {
  const value = /^-?\d{1,30}(\.\d{1,30})?(e-?\d{1,3})?$/.test(text) ? Number(text) : NaN;
  if (!Number.isFinite(value)) throw unreadable(text);
  return value;
}

const escaped = (text: string): string =>
  text.replace(/[^a-z\d.-]|[.-]$/gi, (letter) => `~${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);

function textOf(text: string): string {
  if (!/^(?:[a-z\d.-]|~[\da-f]{4})*$/i.test(text)) throw unreadable(text);
  const value = text.replace(/~([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  if (value.length > LONGEST_TEXT) throw unreadable(text);
  return value;
}
