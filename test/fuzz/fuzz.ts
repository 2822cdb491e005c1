/** Readers of files and addresses under inputs that are almost right: what they may do with them, and whether they do. */
import fc from 'fast-check';
import { systemClock } from '../../src/model/clock.ts';

/** A reader, and inputs that it knows with changes in them. */
export interface FuzzTarget {
  readonly name: string;
  readonly inputs: fc.Arbitrary<FuzzInput>;
  /** Reads the input. Whether it was taken; throws for whatever must not happen. */
  readonly attempt: (input: FuzzInput) => Promise<boolean>;
}

export type FuzzInput = string | Uint8Array<ArrayBuffer>;

/** What must not happen. */
export class Violation extends Error {
  override readonly name = 'Violation';
}

/** Milliseconds that a reader may take. */
const LONGEST = 1000;
const LONGEST_MESSAGE = 1000;

/**
 * What a reader makes of an input; null where it refuses. Throws {@link Violation} if it takes too long, refuses with another error
 * than its own, or says too much.
 */
export async function reading<T>(
  read: () => T | Promise<T>,
  ...own: readonly (new (...given: never[]) => Error)[]
): Promise<{ readonly value: T } | null> {
  let fastest = Infinity;
  // Others use the processor, too: only what is slow each time is slow.
  for (let i = 0; i < 3; i++) {
    const start = systemClock.seconds();
    const outcome = await outcomeOf(read);
    fastest = Math.min(fastest, 1000 * (systemClock.seconds() - start));
    if (fastest > LONGEST) continue;
    if (outcome.taken) return { value: outcome.value };
    const { error } = outcome;
    if (!(error instanceof Error) || !own.some((kind) => error instanceof kind)) {
      throw new Violation(`untyped error: ${String(error).slice(0, 200)}`);
    }
    if (error.message.length >= LONGEST_MESSAGE)
      throw new Violation('a message of more than 1,000 characters');
    return null;
  }
  throw new Violation(`took more than ${LONGEST} ms`);
}

type Outcome<T> =
  { readonly taken: true; readonly value: T } | { readonly taken: false; readonly error: unknown };

async function outcomeOf<T>(read: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return { taken: true, value: await read() };
  } catch (error) {
    return { taken: false, error };
  }
}

/** Throws {@link Violation} if what was taken is refused later. */
export function mustBeTaken<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Violation(`was taken, and then ${what} refused it: ${String(error).slice(0, 200)}`);
  }
}

/** The value as text that tells NaN and the infinities apart, and 0 from nothing but numbers. */
export const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'number' && !Number.isFinite(part)) return `number ${part}`;
    return part === undefined ? 'undefined' : part;
  });

export function mustEqual(what: string, found: unknown, expected: unknown): void {
  if (textOf(found) !== textOf(expected)) throw new Violation(`${what} is not what was taken`);
}

export interface FuzzReport {
  readonly name: string;
  readonly taken: number;
  readonly refused: number;
  /** Each kind of violation once, with the shortest input that showed it. */
  readonly violations: readonly {
    readonly message: string;
    readonly times: number;
    readonly input: string;
  }[];
}

/** `runs` inputs that follow from the seed. */
export async function fuzz(target: FuzzTarget, seed: number, runs: number): Promise<FuzzReport> {
  let [taken, refused] = [0, 0];
  const found = new Map<string, { message: string; times: number; input: string }>();
  const property = fc.asyncProperty(target.inputs, async (input) => {
    try {
      if (await target.attempt(input)) taken++;
      else refused++;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const kind = message.replace(/".*?"|\d+/gs, '#').slice(0, 80);
      const text = shown(input);
      const known = found.get(kind);
      const shorter = known && known.input.length <= text.length ? known.input : text;
      found.set(kind, { message, times: (known?.times ?? 0) + 1, input: shorter });
    }
  });
  await fc.assert(property, { seed, numRuns: runs });
  return { name: target.name, taken, refused, violations: [...found.values()] };
}

const shown = (input: FuzzInput): string =>
  typeof input === 'string' ? input : Buffer.from(input).toString('latin1');
