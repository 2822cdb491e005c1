/**
 * Links as people have them: mail and chat programs encode them once more, put brackets, quotes and stops behind them, and
 * add parameters of their own. A link of this project ends in a letter or a digit and has no `?` or space in it, and no `&` but before
 * a view (linkView.ts).
 */

/** The end of an address: {@link MOST_LANES} lanes with everything that can be said need 9,000. */
export const MOST_LINK = 65_536;

/** How often a link is encoded by what it goes through, at most. */
const LAYERS = 3;
/** So much of an address is looked at to see what it means to be. */
const BEGINNING = 2000;

/** Whether the end of an address means to be an experiment: `#curves` does not, `#e%3D1p20...` does. */
export function meansExperiment(hash: string): boolean {
  return layersOf(hash.slice(0, BEGINNING)).some(
    // A lane and a setting, though what they begin with is lost.
    (text) => experimentIn(text) !== null || /(^|[^a-z\d])[prb]\d{1,4}[^;]*;[a-z]\d/.test(text),
  );
}

/** What the end of an address may mean. */
export interface Reading {
  /** Of an experiment: begins with `e=`. */
  readonly experiment: string;
  /** Of a view into its nets: what stands behind `&view=`; null where it names none. */
  readonly view: string | null;
}

/** What the end of an address may mean, the most literal first. */
export function readingsOf(hash: string): readonly Reading[] {
  const found = layersOf(hash).flatMap((text) => experimentIn(text) ?? []);
  // What stands behind a link may hold another one, encoded less often.
  found.sort((a, b) => a.at - b.at);
  const readings = new Map<string, Reading>();
  const add = (reading: Reading) => {
    if (!readings.has(reading.experiment)) readings.set(reading.experiment, reading);
  };
  for (const { text } of found) {
    const { experiment, view } = split(text);
    add({ experiment, view });
    const cut = withoutTail(experiment);
    // What is cut off may be a view that was encoded.
    add({ experiment: cut, view: view ?? viewBehind(experiment.slice(cut.length)) });
    // Or it is no view, but in the name of a net.
    add({ experiment: text, view: null });
  }
  return [...readings.values()];
}

/** Programs that write HTML make `&amp;` of `&`, and mail that is encoded as quoted-printable `=3D` of `=`. */
const VIEW = /&(?:amp;)?view=(?:3D(?=\d))?/;

/** Before and after a view begins; a view has letters, digits and `;_.~-`, and ends in a letter or a digit. */
function split(text: string): Reading {
  const match = VIEW.exec(text);
  if (!match) return { experiment: text, view: null };
  const behind = layersOf(text.slice(match.index + match[0].length)).at(-1) ?? '';
  const [own = ''] = /^[\w;.~-]*/.exec(behind) ?? [];
  return { experiment: text.slice(0, match.index), view: withoutEnd(own) };
}

function viewBehind(tail: string): string | null {
  for (const text of layersOf(tail)) {
    const { view } = split(text);
    if (view !== null) return view;
  }
  return null;
}

/** The text itself, and decoded as long as something is encoded. */
function layersOf(hash: string): readonly string[] {
  const layers = [hash];
  while (layers.length <= LAYERS) {
    const last = layers.at(-1)!;
    const next = decoded(last);
    if (next === last) break;
    layers.push(next);
  }
  return layers;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Cut off inside of a letter, or with a % of its own: what a link is made of is ASCII.
    return text.replace(/%([2-7][\da-f])/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  }
}

/** From `e=` on, wherever that stands; null if it does not. Mail that is encoded as quoted-printable writes `=3D` for `=`. */
function experimentIn(text: string): { readonly at: number; readonly text: string } | null {
  const match = /(?:^|[^\p{L}\p{N}])e=(?:3D(?=\d))?/u.exec(text);
  return match && { at: match.index, text: `e=${text.slice(match.index + match[0].length)}` };
}

/** Without what cannot be of a link: settings have letters, digits and `;_.+-`, and the last of them ends in none of these. */
function withoutTail(text: string): string {
  const settings = text.indexOf(';');
  if (settings < 0) return text;
  const [own = ''] = /^[\w;.+-]*/.exec(text.slice(settings)) ?? [];
  return text.slice(0, settings) + withoutEnd(own);
}

/** Up to the last letter or digit. */
function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && !/[a-z\d]/i.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
