/** What is read out of the verdict: what is new at once, what comes and goes near the noise only when it has stayed. */

/** What the verdict says at a window of its steps. */
export interface Spoken {
  /** Whose verdict it is: of another training nothing counts as said. */
  readonly of: string;
  readonly text: string;
  /** The sentences in it that claim something. */
  readonly claims: readonly string[];
  readonly window: number;
  /** Whether nothing trains any more: then it is the last word. */
  readonly isOver: boolean;
}

export interface Heard {
  readonly of: string;
  readonly text: string;
  /** All claims that were ever read out. */
  readonly said: ReadonlySet<string>;
  /** What differs from `text`, since which window. */
  readonly waits: { readonly text: string; readonly since: number } | null;
}

export const nothingHeard: Heard = { of: '', text: '', said: new Set(), waits: null };

/** Windows for which a claim has to have gone, or to be back, before that is read out. */
const STAYS = 2;

/** What has been read out after `spoken`; `before` itself where nothing changes. */
export function hear(before: Heard, spoken: Spoken): Heard {
  const { of, text, claims, window, isOver } = spoken;
  const known = before.of === of ? before : { ...nothingHeard, of };
  if (text === known.text) return known.waits === null ? known : { ...known, waits: null };
  const isNew = claims.some((claim) => !known.said.has(claim));
  const waited = known.waits?.text === text ? window - known.waits.since : null;
  if (isNew || isOver || (waited !== null && waited >= STAYS)) {
    return { of, text, said: new Set([...known.said, ...claims]), waits: null };
  }
  return waited === null ? { ...known, waits: { text, since: window } } : known;
}
