/**
 * Links as people have them: mail and chat programs encode them once more, put brackets, quotes and stops behind them, and
 * add parameters of their own. A link of this project ends in a letter or a digit and has no `&`, `?` or space in it.
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

/** What the end of an address may mean, the most literal first: texts that begin with `e=`. */
export function readingsOf(hash: string): readonly string[] {
  const found = layersOf(hash).flatMap((text) => experimentIn(text) ?? []);
  // What stands behind a link may hold another one, encoded less often.
  found.sort((a, b) => a.at - b.at);
  return [...new Set(found.flatMap(({ text }) => [text, withoutTail(text)]))];
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
  let end = own.length;
  while (end > 0 && !/[a-z\d]/i.test(own.charAt(end - 1))) end--;
  return text.slice(0, settings + end);
}
