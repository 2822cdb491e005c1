/**
 * Trains a small experiment and interrupts it, each time at another moment and in another way, pressing what the page offers; what is
 * kept at the end is that of an experiment that nothing happened to.
 */
import type { Locator, Page } from 'playwright';
import { createRandom, type Random } from '../../src/model/random.ts';
import { Home, type HomeOptions } from './home.ts';
import { interrupt, type Kind, type Mend } from './interruptions.ts';
import { differences, keptRuns, type KeptRun } from './kept.ts';

export interface ChaosOptions extends Omit<HomeOptions, 'url'> {
  /** Of the served page. */
  readonly origin: string;
  readonly seed: number;
  /** In this order. */
  readonly interruptions: readonly Kind[];
  readonly steps: number;
}

export interface ChaosReport {
  /** What is other than it should be; empty if nothing is. */
  readonly differences: readonly string[];
  /** How often runs were gone on with. */
  readonly continued: number;
}

/** Two nets of 4 filters in lockstep, batches of 16, tests every 20 steps and at the end. */
const experiment = (steps: number) => `#e=1p8x4,r8x4;n${steps};b16;t20_100`;
/** Milliseconds that a page may take to offer something, and to come to its end. */
const OFFER = 12_000;
const END = 240_000;

export async function chaos(options: ChaosOptions): Promise<ChaosReport> {
  const { origin, webgpu, steps, seed, say } = options;
  const url = `${origin}?backend=${webgpu ? 'webgpu' : 'wasm'}${experiment(steps)}`;
  const homeOptions: HomeOptions = { ...options, url };
  const expected = await uninterrupted(homeOptions);
  say(`  the uninterrupted runs have ${expected.map(({ step }) => step).join(' and ')} steps`);
  const random = createRandom(seed).fork('chaos');
  const home = new Home(homeOptions);
  try {
    await home.open();
    await train(home.page);
    // Moments over the whole way, in their order; some before the first step, some in the test at the end.
    const moments = options.interruptions.map(() => random.integer(steps + 1)).toSorted((a, b) => a - b);
    for (const [i, kind] of options.interruptions.entries()) {
      const at = await reach(home.page, moments[i] ?? 0);
      await home.page.waitForTimeout(random.integer(700));
      const mend = await interrupt(kind, home, random);
      const pressed = await goOn(home, mend);
      say(`  ${i + 1}. ${kind} at ${at}: ${pressed}`);
    }
    await toTheEnd(home);
    const runs = await settledRuns(home.page);
    const continued = Math.max(0, ...runs.map(({ chapters }) => chapters.length));
    return { differences: differences(expected, runs), continued };
  } finally {
    await home.dispose();
  }
}

async function uninterrupted(options: HomeOptions): Promise<readonly KeptRun[]> {
  const home = new Home(options);
  try {
    await home.open();
    await train(home.page);
    await toTheEnd(home);
    return await settledRuns(home.page);
  } finally {
    await home.dispose();
  }
}

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name }).first();

async function train(page: Page): Promise<void> {
  await button(page, 'Train').click();
}

/** What is written on it; null where it is not to be seen, or goes while it is read. */
const textNow = async (what: Locator): Promise<string | null> =>
  (await what.isVisible()) ? what.textContent({ timeout: 1000 }).catch(() => null) : null;

const isDone = (title: string) => title.startsWith('Done');
const stepOf = (title: string) => Number(/(\d+)\/\d+/.exec(title)?.[1] ?? -1);

/** Waits until the net that is furthest behind has taken so many steps, or all is over; says where it is. */
async function reach(page: Page, step: number): Promise<string> {
  await page.waitForFunction(
    (wanted) => {
      const taken = /(\d+)\/\d+/.exec(document.title)?.[1];
      return /^Done/.test(document.title) || (taken !== undefined && Number(taken) >= wanted) || wanted === 0;
    },
    step,
    { timeout: END, polling: 50 },
  );
  return page.title();
}

/** Presses what the page offers until it trains again, or is done. */
async function goOn(home: Home, mend: Mend | null): Promise<string> {
  const pressed: string[] = [];
  const { page } = home;
  let waited = 0;
  let isRestored = mend === null;
  let last = -1;
  const began = 250;
  for (; waited < END; waited += began) {
    // What is broken from outside is mended after a while, whatever the page did until then.
    if (!isRestored && waited >= 3000) {
      isRestored = true;
      await mend?.();
    }
    const title = await page.title();
    if (isDone(title) && isRestored) return pressed.join(', ') || 'was done';
    const going = button(page, /^Continue from step/);
    const offer = await textNow(going);
    if (offer !== null) {
      pressed.push(offer);
      await going.click().catch(() => undefined);
      await page.waitForTimeout(500);
      last = -1;
      continue;
    }
    const step = stepOf(title);
    if (isRestored && step >= 0 && last >= 0 && step > last && !/Paused/.test(title))
      return pressed.join(', ') || 'it went on';
    if (step >= 0 && last < 0) last = step;
    const again = button(page, /^(Train|Train the new nets)$/);
    if (waited >= OFFER && step < 0 && (await again.isVisible()) && (await again.isEnabled())) {
      pressed.push('began anew');
      await again.click();
      waited = 0;
    }
    await page.waitForTimeout(began);
  }
  throw new Error(`the page offers nothing that helps: "${await page.title()}"`);
}

async function toTheEnd(home: Home): Promise<void> {
  const { page } = home;
  for (let waited = 0; waited < END; waited += 500) {
    if (isDone(await page.title())) return;
    const going = button(page, /^Continue from step/);
    if (await going.isVisible()) await going.click().catch(() => undefined);
    await page.waitForTimeout(500);
  }
  throw new Error(`it comes to no end: "${await page.title()}"`);
}

/** What is kept once all is written. */
async function settledRuns(page: Page): Promise<readonly KeptRun[]> {
  for (let tries = 0; tries < 60; tries++) {
    const runs = (await keptRuns(page)).filter(({ step }) => step > 0);
    if (runs.length > 0 && runs.every(({ end }) => end !== null)) return keptRuns(page);
    await page.waitForTimeout(500);
  }
  return keptRuns(page);
}

/** `times` kinds out of `from`, each of them once before any comes again. */
export function drawn(from: readonly Kind[], times: number, random: Random): readonly Kind[] {
  const order: Kind[] = [];
  while (order.length < times) {
    const shuffled = [...random.permutation(from.length)].flatMap((i) => from[i] ?? []);
    order.push(...shuffled.slice(0, times - order.length));
  }
  return order;
}
