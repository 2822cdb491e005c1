/** Numbers, dates and lists for people, in the language of the messages: a sentence speaks one language, whatever the browser's is. */

/** What the message files are written in, and what index.html says in its `lang`. */
export const language = 'en';

const formatter = (options: Intl.NumberFormatOptions) => {
  const format = new Intl.NumberFormat(language, options);
  return (value: number) => (Number.isFinite(value) ? format.format(value) : 'NaN');
};

export const integer = formatter({ maximumFractionDigits: 0 });
/** As many digits as a person would write: 0.1, 0.0001, 2.5. */
export const plainNumber = formatter({ maximumSignificantDigits: 4 });
/** Three digits after the point always, so that columns of losses stand still. */
export const loss = formatter({ minimumFractionDigits: 3, maximumFractionDigits: 3 });
export const twoDecimals = formatter({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
/** A share as %: 0.682 is "68.2%". */
export const percent = formatter({ style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
/** A share as whole %: 0.682 is "68%". */
export const wholePercent = formatter({ style: 'percent', maximumFractionDigits: 0 });
/** A share in % as it was written: 0.8 is "80%", 0.855 "85.5%". */
export const writtenPercent = formatter({ style: 'percent', maximumSignificantDigits: 4 });
/** A share in percentage points, without a unit: 0.204 is "20.4". */
const oneDecimal = formatter({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
export const points = (share: number) => oneDecimal(100 * share);
/** "215K", "31.9M" */
export const compact = formatter({ notation: 'compact', maximumSignificantDigits: 3 });
export const megabytes = (bytes: number) => oneDecimal(bytes / 1e6);

const unit = (name: string, digits = 0) =>
  formatter({ style: 'unit', unit: name, unitDisplay: 'narrow', maximumFractionDigits: digits });
const hours = unit('hour');
const minutes = unit('minute');
const seconds = unit('second');

/** "3.2 MB", "10.4 GB" */
export const size = (bytes: number) =>
  bytes < 1e9 ? `${megabytes(bytes)} MB` : `${oneDecimal(bytes / 1e9)} GB`;

/** As {@link size}, of small files too: "24 kB" */
export const smallSize = (bytes: number) =>
  bytes < 1e5 ? `${integer(Math.ceil(bytes / 1e3))} kB` : size(bytes);

/** "2h 5m", "1m 20s", "45s": coarse, for what is left. Seconds in steps of five above ten, so that it does not flicker. */
export function duration(total: number): string {
  const rounded = total > 10 ? 5 * Math.round(total / 5) : Math.round(total);
  if (rounded < 60) return seconds(rounded);
  if (rounded < 3600) {
    const rest = rounded % 60;
    return minutes(Math.floor(rounded / 60)) + (rest ? ` ${seconds(rest)}` : '');
  }
  const rest = Math.round((rounded % 3600) / 60);
  return hours(Math.floor(rounded / 3600)) + (rest ? ` ${minutes(rest)}` : '');
}

const two = formatter({ minimumIntegerDigits: 2, maximumFractionDigits: 0 });
const twoAndMore = formatter({ minimumIntegerDigits: 2, maximumFractionDigits: 1 });

/** "1:05", "1:02:00", "0:00.5": exact to a tenth of a second, for axes and readings. */
export function clock(total: number): string {
  if (!Number.isFinite(total)) return integer(total);
  const tenths = Math.round(total * 10);
  const minutesDone = Math.floor(tenths / 600);
  const rest = (tenths % 600) / 10;
  const written = total < 60 ? twoAndMore(rest) : two(Math.floor(rest));
  if (minutesDone < 60) return `${minutesDone}:${written}`;
  return `${Math.floor(minutesDone / 60)}:${two(minutesDone % 60)}:${written}`;
}

/** A time that is known roughly, in words: "about 5 to 6 min", "about 40 to 50 s". */
export function roughRange(seconds: number): string {
  const isShort = seconds < 100;
  const unitSeconds = isShort ? 10 : 60;
  const low = Math.max(1, Math.floor((0.92 * seconds) / unitSeconds));
  const high = Math.max(low, Math.ceil((1.08 * seconds) / unitSeconds));
  const [from, to] = isShort ? [10 * low, 10 * high] : [low, high];
  const name = isShort ? 's' : 'min';
  if (to >= 180) return `about ${plainNumber(Math.round(from / 60))} h`;
  return from === to ? `about ${from} ${name}` : `about ${from} to ${to} ${name}`;
}

/** "Nov 21, 2026" */
export const calendarDay = (moment: Date) => day.format(moment);
const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });

/** "Nov 21, 2026, 14:05", where the reader is. */
export const dayAndTime = (moment: Date) => minute.format(moment);
const minute = new Intl.DateTimeFormat(language, {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const conjunction = new Intl.ListFormat(language, { type: 'conjunction' });
/** "a, b, and c" of the message language. */
export const list = (items: readonly string[]) => conjunction.format(items);

/** The phrases that there are, in one line: what has nothing to say, empty or null, leaves no gap. */
export const joined = (separator: string, ...phrases: readonly (string | null)[]): string =>
  phrases.filter(Boolean).join(separator);

/** "a, b, and 3 more": of more items than `most` the first of them, and what `more` says of how many are left. */
export function listUpTo(items: readonly string[], most: number, more: (rest: number) => string): string {
  const rest = items.length - most;
  return list([...items.slice(0, most), ...(rest > 0 ? [more(rest)] : [])]);
}

const collator = new Intl.Collator(language, { numeric: true });
/** The order in which a person would list texts: "plain-8" before "plain-20". */
export const inOrder = (a: string, b: string): number => collator.compare(a, b);

/** A text that others wrote, as a sentence among ours: ended by one full stop, or by what else ended it. */
export function sentence(text: string): string {
  const ended = text.trim();
  return /[.!?\u2026:][)"'\u201d\u2019]?$/.test(ended) ? ended.replace(/([^.])\.\.$/, '$1.') : `${ended}.`;
}

/** A text as the beginning of a sentence. */
export const begun = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const segmenter = new Intl.Segmenter(language);
/** What a reader takes for one sign each. */
export const signsOf = (text: string): readonly string[] =>
  Array.from(segmenter.segment(text), ({ segment }) => segment);
